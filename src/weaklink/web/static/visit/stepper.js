// Number entry: shows the big minus and plus, which are useless without this script.
for (const stepper of document.querySelectorAll(".stepper")) {
  const field = stepper.querySelector("input");
  stepper.querySelector(".needs-js").hidden = false;
  for (const button of stepper.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      const next = Number(field.value || 0) + Number(button.dataset.step);
      field.value = String(Math.min(Number(field.max), Math.max(Number(field.min), next)));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
