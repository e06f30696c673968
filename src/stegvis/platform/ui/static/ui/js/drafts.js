// What is typed into a form marked data-draft is kept on the server until it is sent. Nothing of it
// is put into the browser's own storage: the machine may be shared.
//
// The form's hidden fields are kept and given back with the rest, so that text written against an
// earlier version of a record meets the same question about the newer one as it would have then.

const WAIT = 1500; // ms after the last key
const LATEST = 4000; // ms after the first unkept one
const FLUSH = 1500; // ms a press of the button waits for a slow network
const ASIDE = new Set(["csrfmiddlewaretoken", "submission", "draft"]);
const words = document.querySelector("#draft-words")?.dataset;

class Keeper {
  constructor(form) {
    this.form = form;
    this.name = form.dataset.draft;
    // Where it is sent to. A form may have a field called "action", which hides the form's own.
    this.path = new URL(form.getAttribute("action") || "", location.href).pathname;
    this.dirty = false;
    this.first = 0;
    this.state = form.appendChild(document.createElement("p"));
    this.state.className = "draft-state hint";
    this.state.setAttribute("role", "status");
    form.addEventListener("input", () => this.touched());
    form.addEventListener("change", () => this.touched());
    document.addEventListener("submit", (event) => this.sending(event), true);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.dirty) this.keep({ keepalive: true });
    });
  }

  get token() {
    return this.form.elements.csrfmiddlewaretoken.value;
  }

  said() {
    const said = {};
    for (const [name, value] of new FormData(this.form)) {
      if (!ASIDE.has(name) && typeof value === "string") (said[name] ??= []).push(value);
    }
    return said;
  }

  body(extra) {
    const about = { path: this.path, form: this.name, csrfmiddlewaretoken: this.token };
    return new URLSearchParams({ ...about, ...extra });
  }

  touched() {
    this.dirty = true;
    this.first ||= Date.now();
    clearTimeout(this.timer);
    const soon = Math.min(WAIT, Math.max(0, this.first + LATEST - Date.now()));
    this.timer = setTimeout(() => this.keep(), soon);
  }

  async keep(options = {}) {
    clearTimeout(this.timer);
    const said = JSON.stringify(this.said());
    this.dirty = false;
    this.first = 0;
    try {
      const body = this.body({ said });
      const answer = await fetch("/drafts/", { method: "POST", body, redirect: "manual", ...options });
      if (!answer.ok) throw answer;
      this.mark();
      this.say(words.kept, (await answer.json()).at);
    } catch (fault) {
      this.dirty = true;
      if (fault.name === "AbortError") return;
      const out = fault.type === "opaqueredirect" || fault.status === 403;
      this.say(fault.status === 413 ? words.long : out ? words.out : words.lost);
      if (out) this.renew();
      this.timer = setTimeout(() => this.keep(), 8000);
    }
  }

  // Signing in again, in another window, changes the token.
  async renew() {
    const answer = await this.ask();
    if (answer?.token) this.form.elements.csrfmiddlewaretoken.value = answer.token;
  }

  async ask() {
    const about = new URLSearchParams({ path: this.path, form: this.name });
    try {
      const answer = await fetch(`/drafts/?${about}`, { redirect: "manual" });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  // The form then tells the server that there is a draft to forget.
  mark() {
    if (this.form.elements.draft) return;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "draft", value: this.name });
    this.form.append(field);
  }

  say(text, at) {
    const time = at && new Date(at).toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
    });
    this.state.textContent = time ? `${text} ${time}` : text;
  }

  // The last words before the button are kept first: a session may have ended meanwhile.
  sending(event) {
    if (event.target !== this.form || !this.dirty || event.defaultPrevented) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    this.keep({ signal: AbortSignal.timeout(FLUSH) }).finally(() => {
      this.dirty = false;
      clearTimeout(this.timer);
      this.form.requestSubmit(submitter);
    });
  }

  async giveBack() {
    const kept = await this.ask();
    if (!kept?.said || this.dirty) return;
    // A page that answers what was sent holds it already, and maybe what a colleague saved meanwhile.
    const answers = words.answered === this.name;
    if (answers || JSON.stringify(kept.said) === JSON.stringify(this.said())) return this.mark();
    for (const field of this.form.elements) {
      if (!field.name || ASIDE.has(field.name) || field.type === "file") continue;
      const values = kept.said[field.name];
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = Boolean(values?.includes(field.value));
      } else if (values) {
        const before = field.value;
        field.value = values.shift() ?? "";
        if (field.value !== before) field.closest("details")?.setAttribute("open", "");
      }
    }
    this.mark();
    this.say(words.back, kept.at);
    this.state.append(" ", this.thrower());
    this.form.dispatchEvent(new CustomEvent("draft:back", { bubbles: true }));
  }

  thrower() {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn quiet sm", textContent: words.throw });
    button.addEventListener("click", async () => {
      this.dirty = false;
      clearTimeout(this.timer);
      await fetch("/drafts/", { method: "POST", body: this.body({ do: "forget" }) });
      location.reload();
    });
    return button;
  }
}

if (words) {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const keeper = new Keeper(form);
    // A form that came back with a fault holds what was typed already.
    if (!form.querySelector(".wrong") && !document.querySelector(".mend")) keeper.giveBack();
    else keeper.mark();
  }
}
