// Tells the browser that the page is in Dutch, and puts Dutch in place of the few words of Streamlit itself.
// Only what Streamlit draws is touched: by its own test ids and labels, never by what a text happens to say.
const TEXTS = [
  ['.st-key-opladen [data-testid="stFileUploaderDropzone"] > span button p', /^Upload$/, 'Kies een bestand'],
  ['.st-key-opladen [data-testid="stFileUploaderDropzoneInstructions"] span', /per file/, 'of sleep het hierheen'],
  ['.st-key-opladen [data-testid="stFileChip"] [role="alert"]', /^Error/,
    'Dit bestand is te groot, of het opladen lukte niet. Het mag hoogstens 30 MB zijn.'],
  ['.st-key-opladen [data-testid="stFileChip"] [role="alert"]', /^File /, ''],
  ['[data-testid="stDateInputField"] [data-type="year"]', /^yyyy$/, 'jjjj'],
  ['a[href="#stMain"]', /^Skip to main content$/, 'Ga naar de inhoud'],
];
const LABELS = [
  ['[data-testid="stDateInputField"] [data-type="day"]', /^day, /, 'dag, '],
  ['[data-testid="stDateInputField"] [data-type="month"]', /^month, /, 'maand, '],
  ['[data-testid="stDateInputField"] [data-type="year"]', /^year, /, 'jaar, '],
  ['button[data-testid="stDateInputCalendarButton"]', /^Choose date$/, 'Kies een datum'],
  ['button[aria-label^="Help for "]', /^Help for /, 'Uitleg bij '],
  ['[data-testid="stFileUploaderDropzoneInput"]', /^file upload$/, 'bestand'],
  ['[data-testid="stFileChipDeleteBtn"] button', /^Remove /, 'Verwijder '],
  ['[data-testid="stFileUploaderDropzone"] button[aria-label="Add files"]', /^Add files$/, 'Kies een ander bestand'],
];

function translate() {
  for (const [where, english, dutch] of TEXTS) {
    for (const element of document.querySelectorAll(where)) {
      const text = [...element.childNodes].find(node => node.nodeType === Node.TEXT_NODE && english.test(node.nodeValue));
      if (text) text.nodeValue = dutch;
    }
  }
  for (const [where, english, dutch] of LABELS) {
    for (const element of document.querySelectorAll(where)) {
      const label = element.getAttribute('aria-label');
      if (english.test(label)) element.setAttribute('aria-label', label.replace(english, dutch));
    }
  }
}

export default () => {
  document.documentElement.lang = 'nl';
  translate();
  let waiting = false;
  const observer = new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; translate(); });
  });
  observer.observe(document.body, { childList: true, subtree: true });
  return () => observer.disconnect();
};
