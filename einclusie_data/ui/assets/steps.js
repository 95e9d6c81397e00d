// The arrows of the keyboard, and the buttons of a presenter's remote, walk through the steps of a meeting.
// Whoever types, chooses in a list or moves in the map keeps the arrows.
const FORWARD = new Set(["ArrowRight", "PageDown"]);
const BACK = new Set(["ArrowLeft", "PageUp"]);

export default function (component) {
  const { setTriggerValue } = component;
  const pressed = (event) => {
    const by = FORWARD.has(event.key) ? 1 : BACK.has(event.key) ? -1 : 0;
    if (!by || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const at = event.target;
    if (at instanceof Element && at.closest("input, textarea, select, [contenteditable=true], [role=radiogroup], [role=listbox], [role=combobox], [role=toolbar]")) return;
    event.preventDefault();
    setTriggerValue("go", by);
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}
