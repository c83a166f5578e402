// Where it hurts: a tap on the body opens the group of places beside it; a lone place is ticked at once.
const form = document.querySelector("form.where");
const marked = form.querySelector('[data-part="marked"]');

/** Says which places are marked, for those who do not see the body. */
function tellMarked() {
  const places = [...form.querySelectorAll("[name=place]:checked")].map((box) => box.closest("label").textContent.trim());
  marked.textContent = places.length ? marked.dataset.some.replace("{places}", places.join("; ")) : marked.dataset.none;
}

function open(key) {
  for (const other of form.querySelectorAll(".place.open")) other.classList.remove("open");
  const group = document.getElementById(`at-${key}`);
  group.classList.add("open");
  const boxes = group.querySelectorAll("input");
  if (boxes.length === 1) {
    boxes[0].checked = !boxes[0].checked;
    tellMarked();
  } else group.querySelector("input").focus({ preventScroll: true });
  group.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

for (const region of form.querySelectorAll(".region")) {
  region.addEventListener("click", (event) => { event.preventDefault(); open(region.dataset.at); });
}

form.addEventListener("change", (event) => {
  if (event.target.name === "place") tellMarked();
});
