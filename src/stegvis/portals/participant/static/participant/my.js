// Comforts of the participant's pages. Every page works without this file.
import { offerToRead } from "../ui/js/listen.js";

offerToRead();

// What can be undone for some seconds is not offered longer.
for (const one of document.querySelectorAll("[data-fades]")) {
  setTimeout(() => { one.hidden = true; }, Number(one.dataset.fades) * 1000);
}

// A shared tablet that is left alone signs out by itself; any touch or key begins the time anew.
const out = document.querySelector("[data-idle]");
if (out) {
  let timer = 0;
  const leave = () => {
    const idle = document.createElement("input");
    idle.type = "hidden";
    idle.name = "idle";
    idle.value = "1";
    out.append(idle);
    out.requestSubmit();
  };
  const anew = () => {
    clearTimeout(timer);
    timer = setTimeout(leave, Number(out.dataset.idle) * 1000);
  };
  for (const kind of ["pointerdown", "keydown", "scroll"]) document.addEventListener(kind, anew, { passive: true });
  anew();
}
