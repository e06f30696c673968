// Read aloud, by the device's own voices and only in the page's own language: a voice of another
// language would read nonsense, and nothing is ever sent to a service elsewhere.
const synth = window.speechSynthesis;
const lang = document.documentElement.lang;
const short = lang.split("-")[0];
const voice = () => synth.getVoices().find((one) => one.lang.toLowerCase().split(/[-_]/)[0] === short);
let buttons = [];

function quiet() {
  synth.cancel();
  for (const one of buttons) one.setAttribute("aria-pressed", "false");
}

function words(section) {
  const copy = section.cloneNode(true);
  for (const one of copy.querySelectorAll("[data-listen], svg:not([role=img]), script")) one.remove();
  for (const one of copy.querySelectorAll("svg[role=img]")) one.replaceWith(`${one.getAttribute("aria-label")} `);
  for (const one of copy.querySelectorAll("h2, p, li, button, a, b, span")) one.append(". ");
  return copy.textContent.replace(/(\s*\.\s*)+/g, ". ").replace(/\s+/g, " ").trim();
}

function listen(event) {
  const button = event.currentTarget;
  const reading = button.getAttribute("aria-pressed") === "true";
  quiet();
  if (reading) return;
  const said = new SpeechSynthesisUtterance(words(button.closest("section")));
  said.voice = voice();
  said.lang = said.voice.lang; // Chrome for Android takes the language from here, not from the voice
  said.rate = 0.9;
  said.onend = quiet;
  button.setAttribute("aria-pressed", "true");
  synth.speak(said);
}

// Offers the buttons marked data-listen where a matching voice is there.
export function offerToRead() {
  if (!synth) return;
  buttons = [...document.querySelectorAll("[data-listen]")];
  const offer = () => {
    const there = Boolean(voice());
    for (const one of buttons) one.hidden = !there;
  };
  for (const one of buttons) one.addEventListener("click", listen);
  synth.addEventListener?.("voiceschanged", offer);
  offer();
}
