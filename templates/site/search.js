// Searches the texts of all meetings, here in the browser: MiniSearch finds and ranks them by groups
// of three letters, and each is looked through for the very words. minutes/site/search.py packs the
// texts, and writes each letter in the one form that is compared.
"use strict";
const BUDGET = 700000; // bytes that are fetched unasked
const AT_ONCE = 20; // meetings that are shown, until more are asked for
const AROUND = 60; // letters beside what was found
const GROUP = 3; // letters of a term

const at = (id) => document.getElementById(id);
const waiting = new Map(); // name of a file -> what to do with what it holds
const meetings = []; // what the files hold, the newest first; a meeting's place is its id
const index = new MiniSearch({
  fields: ["name", "headings", "text"],
  tokenize: groups,
  processTerm: (term) => term,
  searchOptions: {
    tokenize: terms,
    prefix: (term) => term.length < GROUP,
    combineWith: "AND",
    boost: { name: 4, headings: 2 },
  },
});
let listed = []; // files: name, bytes, year
let loaded = 0; // how many of them are here
let goal = 0; // how many are to be
let loading = false;
let shownOf = AT_ONCE;

function shards(list) {
  listed = list;
  const question = new URLSearchParams(location.search).get("q");
  if (question) {
    at("q").value = question;
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

// Gives every three letters of a text that stand together in a word, and the ends of words.
function groups(text) {
  const found = [];
  for (const word of text.split(" ")) {
    for (let from = 0; from < word.length; from += 1) found.push(word.slice(from, from + GROUP));
  }
  return found;
}

// Gives the terms of a question: words of two letters begin some; one letter stands everywhere.
function terms(question) {
  return question.split(" ").flatMap((word) =>
    word.length < GROUP ? [word] : groups(word).filter((term) => term.length === GROUP),
  ).filter((term) => term.length > 1);
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
  const own = rows.map((row, place) => meeting(meetings.length + place, ...row));
  meetings.push(...own);
  await index.addAllAsync(own, { chunkSize: 4 });
  loaded += 1;
}

function meeting(id, address, title, day, texts) {
  const passages = texts.map(([anchor, heading, text]) => ({
    anchor, heading, text, letters: folded(text),
  }));
  const headings = folded(texts.map(([, heading]) => heading).join(" "));
  const text = passages.map((one) => one.letters).join(" ");
  return { id, address, title, day, passages, name: folded(title.join("")), headings, text };
}

// Gives the meetings in which every word of a question stands, letter for letter, the best first.
function find(question) {
  const letters = folded(shown(question));
  const words = letters.split(" ");
  return index.search(terms(letters).length ? letters : MiniSearch.wildcard)
    .map(({ id, score }) => ({ meeting: meetings[id], words, score }))
    .filter((hit) => words.every((word) => hit.meeting.text.includes(word)))
    .sort((a, b) => b.score - a.score || a.meeting.id - b.meeting.id);
}

function ask(further = false) {
  if (further || !goal) goal = reach();
  answer();
  if (shown(at("q").value)) load();
}

// Gives how many files are here once as much as may be has been fetched, and one at least.
function reach() {
  let count = loaded;
  let left = BUDGET;
  while (count < listed.length && (count === loaded || left >= listed[count][1])) {
    left -= listed[count][1];
    count += 1;
  }
  return count;
}

async function load() {
  if (loading) return;
  loading = true;
  try {
    while (loaded < goal) {
      await loadNext();
      answer();
    }
  } catch {
    at("told").textContent = "อ่านข้อมูลสำหรับค้นไม่ได้ โปรดลองใหม่ หรือใช้เบราว์เซอร์รุ่นใหม่กว่านี้";
  }
  loading = false;
}

function answer() {
  const question = shown(at("q").value);
  const found = question ? find(question) : [];
  show(found, question ? told(question, found.length) : "พิมพ์คำที่ต้องการค้น เลขไทยหรือเลขอารบิกก็ได้");
}

function told(question, count) {
  if (loaded < goal) return "กำลังค้น…";
  const so = count ? `พบ ${count} การประชุม` : `ไม่พบ “${question}”`;
  return loaded === listed.length ? so : `${so} ตั้งแต่ปี ${listed[loaded - 1][2]} เป็นต้นมา`;
}

function show(found, told) {
  const held = document.activeElement.href;
  at("told").textContent = told;
  at("found").replaceChildren(...found.slice(0, shownOf).map(row));
  [...at("found").querySelectorAll("a")].find((link) => link.href === held)?.focus();
  const more = at("more");
  const older = loaded > 0 && loaded < listed.length && found.length <= shownOf;
  more.textContent = older ? `ค้นปี ${listed[loaded][2]} และก่อนหน้า` : "แสดงเพิ่ม";
  more.hidden = loaded < goal || !(older || found.length > shownOf);
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
  const held = (one) => words.filter((word) => one.letters.includes(word)).length;
  const best = meeting.passages.reduce((one, other) => (held(other) > held(one) ? other : one));
  const link = document.createElement("a");
  link.href = meeting.address
    + (best.anchor.includes(".") ? best.anchor : `index.html#${best.anchor}`);
  link.className = "set"; // its lines end between the pieces of the title
  meeting.title.forEach((piece, place) => link.append(place ? document.createElement("wbr") : "", piece));
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
function asked() {
  clearTimeout(pause);
  shownOf = AT_ONCE;
  ask();
}
at("q").addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(asked, 150);
});
document.querySelector("form.search").addEventListener("submit", (event) => {
  event.preventDefault();
  asked();
});
