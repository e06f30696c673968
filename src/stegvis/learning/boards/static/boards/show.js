// The next column and the one before by the arrow keys; and the column read aloud. Without this file
// the links do the same.
import { offerToRead } from "../ui/js/listen.js";

const rtl = document.documentElement.dir === "rtl";
const to = { ArrowRight: rtl ? "prev" : "next", ArrowLeft: rtl ? "next" : "prev", PageDown: "next", PageUp: "prev" };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const link = to[event.key] && document.querySelector(`.show-to a[rel=${to[event.key]}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
offerToRead();
