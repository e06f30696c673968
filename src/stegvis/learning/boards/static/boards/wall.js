// The screen asks again every half minute. Without an answer what stands stays, and its time says so.
const again = async () => {
  const here = document.querySelector("#wall");
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.status === 404) return location.reload();
    if (!answer.ok) throw new Error();
    const text = await answer.text();
    here.replaceWith(new DOMParser().parseFromString(text, "text/html").querySelector("#wall"));
  } catch {
    here.classList.add("stale");
  }
};
setInterval(again, 30000);
