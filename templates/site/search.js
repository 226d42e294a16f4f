// Searches the texts of all meetings, here in the browser: newest years first, each letter compared.
// minutes/site/search.py packs the texts, and writes each letter in the one form that is compared.
"use strict";
const BUDGET = 700000; // bytes that are fetched unasked
const AT_ONCE = 20; // meetings that are shown, until more are asked for
const AROUND = 60; // letters beside what was found
const LEAST = 2; // letters of a question

const at = (id) => document.getElementById(id);
const waiting = new Map(); // name of a file -> what to do with what it holds
let listed = []; // files: name, bytes, year
let loaded = 0; // how many of them are here
let meetings = []; // what they hold
let shownOf = AT_ONCE;
let turn = 0; // each question ends the one before

function shards(list) {
  listed = list;
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    at("q").value = asked;
    ask();
  }
}

function shard(name, packed) {
  waiting.get(name)(packed);
}

function shown(text) {
  return text
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, "")
    .normalize("NFKC")
    .replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, "$1\u0e33")
    .replace(/เเ/g, "แ")
    .replace(/\s+/g, " ")
    .trim();
}

function folded(text) {
  return text
    .replace(/[๐-๙]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0x0e50 + 0x30))
    .toLowerCase();
}

async function fetched(name) {
  const packed = await new Promise((resolve, reject) => {
    waiting.set(name, resolve);
    const script = document.createElement("script");
    script.src = `search/${name}.js`;
    script.onerror = reject;
    document.head.append(script);
  });
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

async function loadNext() {
  const rows = await fetched(listed[loaded][0]);
  for (const [address, name, day, passages] of rows) {
    const own = passages.map(([anchor, heading, text]) => ({
      anchor, heading, text, letters: folded(text),
    }));
    meetings.push({ address, name, day, passages: own });
  }
  loaded += 1;
}

// Gives the meetings in which every word of a question stands, letter for letter.
function find(question) {
  const words = folded(shown(question)).split(" ").filter(Boolean);
  if (words.join("").length < LEAST) return [];
  return meetings.filter((meeting) =>
    words.every((word) => meeting.passages.some((one) => one.letters.includes(word))),
  ).map((meeting) => ({ meeting, words }));
}

async function ask(further = false) {
  const mine = (turn += 1);
  const question = at("q").value;
  if (folded(shown(question)).replaceAll(" ", "").length < LEAST) {
    show([], "พิมพ์อย่างน้อย 2 ตัวอักษร");
    return;
  }
  const spent = listed.slice(0, loaded).reduce((sum, one) => sum + one[1], 0);
  let left = further ? BUDGET : BUDGET - spent;
  let must = further || loaded === 0;
  try {
    while (loaded < listed.length && (must || left >= listed[loaded][1])) {
      must = false;
      left -= listed[loaded][1];
      at("told").textContent = "กำลังค้น…";
      await loadNext();
      if (mine !== turn) return;
    }
  } catch {
    at("told").textContent = "อ่านข้อมูลสำหรับค้นไม่ได้ โปรดลองใหม่ หรือใช้เบราว์เซอร์รุ่นใหม่กว่านี้";
    return;
  }
  const found = find(question);
  const whole = loaded === listed.length;
  const so = found.length ? `พบ ${found.length} การประชุม` : `ไม่พบ “${question.trim()}”`;
  show(found, whole ? so : `${so} ตั้งแต่ปี ${listed[loaded - 1][2]} เป็นต้นมา`);
}

function show(found, told) {
  at("told").textContent = told;
  at("found").replaceChildren(...found.slice(0, shownOf).map(row));
  const more = at("more");
  const older = loaded > 0 && loaded < listed.length && found.length <= shownOf;
  more.textContent = older ? `ค้นปี ${listed[loaded][2]} และก่อนหน้า` : "แสดงเพิ่ม";
  more.hidden = !(older || found.length > shownOf);
  more.onclick = () => {
    if (older) {
      ask(true);
    } else {
      shownOf += AT_ONCE;
      show(found, told);
    }
  };
}

function row({ meeting, words }) {
  const item = document.createElement("li");
  const best = meeting.passages.find((one) => words.every((word) => one.letters.includes(word)))
    ?? meeting.passages.find((one) => words.some((word) => one.letters.includes(word)));
  const link = document.createElement("a");
  link.href = meeting.address
    + (best.anchor.includes(".") ? best.anchor : `index.html#${best.anchor}`);
  link.textContent = meeting.name;
  const about = document.createElement("p");
  about.className = "about";
  about.textContent = best.heading ? `${meeting.day} · ${best.heading}` : meeting.day;
  const text = document.createElement("p");
  text.append(...around(best, words));
  item.append(link, about, text);
  return item;
}

// Gives a few words around the first that was found, with what was found marked.
function around(passage, words) {
  const places = words.map((word) => passage.letters.indexOf(word)).filter((place) => place >= 0);
  const from = Math.max(0, Math.min(...places) - AROUND);
  const to = Math.min(passage.text.length, Math.min(...places) + 2 * AROUND);
  const parts = [from ? "…" : ""];
  let done = from;
  while (done < to) {
    const next = words
      .map((word) => [passage.letters.indexOf(word, done), word.length])
      .filter(([place]) => place >= 0 && place < to)
      .sort(([a, long], [b, longer]) => a - b || longer - long)[0];
    if (!next) break;
    const mark = document.createElement("mark");
    mark.textContent = passage.text.slice(next[0], next[0] + next[1]);
    parts.push(passage.text.slice(done, next[0]), mark);
    done = next[0] + next[1];
  }
  return [...parts, passage.text.slice(done, Math.max(done, to)), to < passage.text.length ? "…" : ""];
}

let pause = 0;
at("q").addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => { shownOf = AT_ONCE; ask(); }, 150);
});
document.querySelector("form.search").addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  shownOf = AT_ONCE;
  ask();
});
