// Keeps the page as the program says it is. What has not changed is left alone: nothing flickers,
// and the reader stays where he is.

"use strict";

const WIDTHS = [800, 1600, 2400]; // as the program draws them
const SIZES = "(max-width: 56rem) 96vw, 55rem";
const PATIENCE = 350; // milliseconds; a shorter wait is not worth a word
const WORDS = {
  building: () => "กำลังสร้าง…",
  waiting: () => "รอสร้าง",
  built: (at) => (at ? `สร้างแล้ว ${at}` : "สร้างแล้ว"),
  faulty: (at) => (at ? `มีข้อผิดพลาด แสดงฉบับ ${at}` : "มีข้อผิดพลาด ยังไม่มีเอกสาร"),
  crashed: (at) => (at ? `สร้างไม่สำเร็จ แสดงฉบับ ${at}` : "สร้างไม่สำเร็จ"),
  unwritten: (at) => (at ? `เขียนไฟล์ไม่ได้ แสดงฉบับ ${at}` : "เขียนไฟล์ไม่ได้"),
};

const byId = (id) => document.getElementById(id);
let chosen = ""; // the meeting that the reader asked for, until another one is saved
let saves = null;
let last = {}; // what each part showed last, as JSON
let placeOf = new Map(); // meeting -> how far its reader had scrolled
let shown = "";

// --- asking ---

let isAsking = false;
let isOutdated = false;

async function refresh() {
  isOutdated = true;
  if (isAsking) return;
  isAsking = true;
  try {
    while (isOutdated) {
      isOutdated = false;
      const answer = await fetch(`state/${chosen}`);
      if (answer.ok) await show(await answer.json());
    }
  } catch {
    // the events will tell when the program answers again
  } finally {
    isAsking = false;
  }
}

let events = null;

/** Listen while the page is seen: a browser holds no more than six lines to one program. */
function listen() {
  events?.close();
  events = null;
  if (document.hidden) return;
  events = new EventSource("events");
  events.onmessage = refresh;
  events.onerror = () => setState("ended", "หยุดเฝ้าดูแล้ว เริ่มคำสั่ง watch ใหม่เพื่อดูต่อ");
}

function choose(id) {
  chosen = id;
  closeMenu();
  refresh();
}

// --- showing ---

async function show(state) {
  if (saves !== null && state.saves !== saves && state.latest && state.latest !== shown) chosen = "";
  const follows = saves !== null && state.saves !== saves && state.latest;
  saves = state.saves;
  if (follows && state.meeting && state.meeting.id !== state.latest) {
    chosen = "";
    isOutdated = true;
    return;
  }
  const meeting = state.meeting;
  part("groups", [state.groups, meeting && meeting.id], () => showMeetings(state.groups, meeting));
  part("problems", [state.others, state.trouble, meeting && [meeting.problems, meeting.trouble]], () =>
    showProblems(state, meeting));
  if (!meeting) return showNothing(state);
  showHeading(meeting);
  showText(meeting.text);
  await showDocuments(meeting);
  document.documentElement.dataset.shown = `${meeting.id} ${meeting.state} ${meeting.at}`;
}

/** Show a part of the page again if what it shows has changed. */
function part(name, what, draw) {
  const now = JSON.stringify(what);
  if (last[name] !== now) draw();
  last[name] = now;
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

let stateTimer;

function setState(state, text) {
  clearTimeout(stateTimer);
  const tell = () => {
    const place = byId("state");
    place.dataset.state = state;
    if (place.textContent !== text) place.textContent = text;
  };
  if (state === "building" || state === "waiting") stateTimer = setTimeout(tell, PATIENCE);
  else tell();
}

function showHeading(meeting) {
  byId("title").textContent = meeting.title;
  byId("file").textContent = meeting.file;
  document.title = `${meeting.title} · หน้าเอกสาร`;
  setState(meeting.state, WORDS[meeting.state](meeting.at));
}

function showNothing(state) {
  const text = state.busy ? "กำลังเตรียม" : "ยังไม่มีการประชุม";
  byId("title").textContent = text;
  byId("file").textContent = "";
  byId("documents").replaceChildren();
  showText("");
  showEmpty(state.busy ? "" : "เมื่อบันทึกไฟล์การประชุมแล้ว เอกสารจะแสดงที่นี่");
  setState(state.busy ? "building" : "waiting", text);
}

function showEmpty(text) {
  byId("empty").hidden = !text;
  byId("empty").textContent = text;
}

function showText(text) {
  byId("release").hidden = !text;
  if (byId("text").textContent !== text) byId("text").textContent = text;
}

// --- the meetings ---

function showMeetings(groups, meeting) {
  const lists = groups.flatMap((group, index) => [
    make("h2", { id: `group-${index}` }, group.name),
    make("ul", { "aria-labelledby": `group-${index}` },
      ...group.meetings.map((one) => make("li", {}, meetingButton(one, meeting)))),
  ]);
  const focused = document.activeElement && document.activeElement.dataset.meeting;
  byId("meetings").replaceChildren(...lists);
  if (focused) byId("meetings").querySelector(`[data-meeting="${CSS.escape(focused)}"]`)?.focus();
}

function meetingButton(one, meeting) {
  const button = make("button", { type: "button", "data-meeting": one.id },
    make("span", { class: "name" }, one.name), mark(one));
  if (meeting && one.id === meeting.id) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => choose(one.id));
  return button;
}

function mark(one) {
  if (one.state === "building" || one.state === "waiting") return make("span", { class: "mark building" }, "กำลังสร้าง");
  if (one.errors) return make("span", { class: "mark error" }, `ผิด ${one.errors}`);
  if (one.state !== "built") return make("span", { class: "mark error" }, "ไม่สำเร็จ");
  if (one.warnings) return make("span", { class: "mark warning" }, `เตือน ${one.warnings}`);
  return "";
}

const menu = byId("menu");
menu.addEventListener("click", () => {
  const isOpen = byId("meetings").classList.toggle("open");
  menu.setAttribute("aria-expanded", String(isOpen));
});

function closeMenu() {
  byId("meetings").classList.remove("open");
  menu.setAttribute("aria-expanded", "false");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && byId("meetings").classList.contains("open")) {
    closeMenu();
    menu.focus();
  }
});

// --- the problems ---

function showProblems(state, meeting) {
  const own = meeting ? meeting.problems : [];
  const troubles = [state.trouble, meeting ? meeting.trouble : ""].filter(Boolean);
  const found = [
    ...troubles.map((text) => make("div", { class: "problem error" }, make("p", { class: "trouble" }, text))),
    ...own.map(problem),
  ];
  if (!found.length) found.push(make("p", { class: "none" }, "ไม่พบสิ่งที่ควรแก้ในการประชุมนี้"));
  if (state.others.length) found.push(make("h3", {}, "ในไฟล์อื่น"), ...state.others.map(problem));
  byId("found").replaceChildren(...found);
  byId("problems").classList.toggle("fine", !own.length && !troubles.length && !state.others.length);
  const count = own.length + troubles.length;
  byId("problems-title").textContent = count ? `สิ่งที่ควรแก้ ${count} แห่ง` : "สิ่งที่ควรแก้";
}

function problem(one) {
  const parts = [
    make("p", { class: "message" }, make("span", { class: "word" }, one.word), ` ${one.message}`),
  ];
  if (one.excerpt) parts.push(make("code", { class: "excerpt" }, one.excerpt));
  if (one.hint) parts.push(make("p", { class: "hint" }, one.hint));
  parts.push(make("p", { class: "place" }, `บรรทัด ${one.line} · ${one.place}`));
  return make("article", { class: `problem ${one.severity}` }, ...parts);
}

// --- the pages ---

async function showDocuments(meeting) {
  const isOther = shown !== meeting.id;
  if (isOther) {
    placeOf.set(shown, window.scrollY);
    byId("documents").replaceChildren();
  }
  shown = meeting.id;
  const nothing = { building: "กำลังสร้างเอกสาร", waiting: "กำลังสร้างเอกสาร", built: "การประชุมนี้ไม่มี PDF ให้แสดง" };
  showEmpty(meeting.documents.length ? "" : nothing[meeting.state] || "ยังไม่มีเอกสาร แก้สิ่งที่ผิดแล้วบันทึกไฟล์");
  const places = meeting.documents.map((one, index) => documentPlace(one, index));
  while (byId("documents").children.length > places.length) byId("documents").lastChild.remove();
  await Promise.all(places.flatMap((place, index) => showPages(place, meeting.documents[index])));
  if (isOther) window.scrollTo(0, placeOf.get(meeting.id) || 0);
}

/** Give the section of a document, made if it is not there. */
function documentPlace(one, index) {
  const all = byId("documents");
  let place = all.children[index];
  if (!place || place.dataset.kind !== one.kind) {
    place = make("section", { class: "document", "data-kind": one.kind, "aria-labelledby": `${one.kind}-title` },
      make("div", { class: "heading" },
        make("h2", { id: `${one.kind}-title` }, one.name),
        make("span", { class: "count" }),
        make("a", { href: one.pdf, target: "_blank" }, "เปิด PDF")),
      make("div", { class: "sheets" }));
    all.insertBefore(place, all.children[index] || null);
  }
  place.querySelector("a").href = one.pdf;
  place.querySelector(".count").textContent = `${one.pages.length} หน้า`;
  return place;
}

function showPages(place, one) {
  const sheets = place.querySelector(".sheets");
  while (sheets.children.length > one.pages.length) sheets.lastChild.remove();
  return one.pages.map((page, index) => showPage(sheets, page, index, one));
}

/** Show a page; one that has changed takes the old one's place when it is drawn. */
async function showPage(sheets, page, index, one) {
  const alt = `${one.name} หน้า ${index + 1} จาก ${one.pages.length}`;
  let figure = sheets.children[index];
  if (!figure) {
    figure = make("figure", { class: "page" }, make("img", { alt }), make("div", { class: "unseen" }));
    sheets.append(figure);
  }
  const old = figure.querySelector("img");
  old.alt = alt;
  const text = figure.querySelector(".unseen");
  if (text.textContent !== page.text) text.textContent = page.text;
  if (figure.dataset.digest === page.digest) return;
  figure.dataset.digest = page.digest;
  const image = picture(page, alt, !old.src);
  if (old.src && isNear(figure)) await image.decode().catch(() => {});
  if (figure.dataset.digest === page.digest) figure.querySelector("img").replaceWith(image);
}

function picture(page, alt, isNew) {
  const image = make("img", { alt, width: page.width, height: page.height });
  if (isNew) image.loading = "lazy";
  image.sizes = SIZES;
  image.srcset = WIDTHS.map((width) => `page/${page.digest}-${width}.png ${width}w`).join(", ");
  image.src = `page/${page.digest}-${WIDTHS[1]}.png`;
  return image;
}

function isNear(element) {
  const box = element.getBoundingClientRect();
  return box.bottom > -window.innerHeight && box.top < 2 * window.innerHeight;
}

// --- the release's text ---

byId("copy").addEventListener("click", async () => {
  const said = byId("copied");
  try {
    await navigator.clipboard.writeText(byId("text").textContent);
    said.textContent = "คัดลอกแล้ว";
  } catch {
    window.getSelection().selectAllChildren(byId("text"));
    said.textContent = "กด Ctrl-C เพื่อคัดลอก";
  }
  setTimeout(() => (said.textContent = ""), 4000);
});

document.addEventListener("visibilitychange", listen);
listen();
refresh();
