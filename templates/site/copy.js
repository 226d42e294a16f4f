// Copies a text to where it can be pasted from; works from a folder too, where browsers know no clipboard.
"use strict";
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    let copied = document.execCommand("copy");
    if (!copied && navigator.clipboard) {
      copied = await navigator.clipboard.writeText(field.value).then(() => true, () => false);
    }
    button.nextElementSibling.textContent = copied
      ? "คัดลอกแล้ว นำไปวางได้"
      : "คัดลอกไม่ได้ เลือกข้อความแล้วกด Ctrl+C";
  });
}
