// Number entry: shows the big minus and plus, which are useless without this script.
for (const stepper of document.querySelectorAll(".stepper")) {
  const field = stepper.querySelector("input");
  stepper.querySelector(".needs-js").hidden = false;
  for (const button of stepper.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      // What was typed may have a comma; what is no number counts as nothing.
      const now = Number((field.value || "0").replace(",", ".")) || 0;
      const next = now + Number(button.dataset.step);
      field.value = String(Math.min(Number(field.dataset.high), Math.max(Number(field.dataset.low), next)));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
