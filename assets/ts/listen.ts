/** Reads the page aloud: a recording where somebody made one, else the phone's own voice, else no button at all. */
export function listen(root: Document): void {
  const button = root.querySelector<HTMLButtonElement>("[data-listen]");
  const page = root.querySelector<HTMLElement>("main");
  if (!button || !page) return;
  const recording = page.dataset.recording;
  if (recording) show(button, recordingPlayer(recording, button));
  else if ("speechSynthesis" in window) offerVoice(button, page);
}

interface Player {
  start(): void;
  stop(): void;
}

function show(button: HTMLButtonElement, player: Player): void {
  button.hidden = false;
  const label = button.querySelector("span")!;
  const start = label.textContent;
  button.addEventListener("click", () => {
    const playing = button.getAttribute("aria-pressed") === "true";
    if (playing) player.stop();
    else player.start();
  });
  new MutationObserver(() => {
    label.textContent = button.getAttribute("aria-pressed") === "true" ? button.dataset.stop ?? start : start;
  }).observe(button, { attributes: true, attributeFilter: ["aria-pressed"] });
}

function pressed(button: HTMLButtonElement, playing: boolean): void {
  button.setAttribute("aria-pressed", String(playing));
}

function recordingPlayer(address: string, button: HTMLButtonElement): Player {
  const audio = new Audio();
  audio.addEventListener("ended", () => pressed(button, false));
  return {
    start() {
      audio.src = address;
      void audio.play().then(() => pressed(button, true), () => pressed(button, false));
    },
    stop() {
      audio.pause();
      pressed(button, false);
    },
  };
}

function voiceFor(language: string): SpeechSynthesisVoice | undefined {
  return speechSynthesis.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(language));
}

function offerVoice(button: HTMLButtonElement, page: HTMLElement): void {
  const language = document.documentElement.lang || "vi";
  const player: Player = {
    start() {
      speechSynthesis.cancel();
      const sentences = spoken(page);
      sentences.forEach((text, index) => {
        const words = new SpeechSynthesisUtterance(text);
        words.lang = language;
        words.voice = voiceFor(language) ?? null;
        words.rate = 0.9;
        if (index === sentences.length - 1) words.onend = () => pressed(button, false);
        speechSynthesis.speak(words);
      });
      pressed(button, true);
    },
    stop() {
      speechSynthesis.cancel();
      pressed(button, false);
    },
  };
  let offered = false;
  const look = (): void => {
    if (offered || !voiceFor(language)) return;
    offered = true;
    show(button, player);
  };
  look();
  speechSynthesis.addEventListener("voiceschanged", look);
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
}

/** What is worth hearing, in reading order; one utterance a block, because long ones are cut off on Android. */
function spoken(page: HTMLElement): string[] {
  const blocks = page.querySelectorAll<HTMLElement>("h1, h2, h3, p, li, label, legend, dt, dd, .tile, .choice, .act");
  const texts: string[] = [];
  for (const block of blocks) {
    const holdsBlocks = block.querySelector("p, li, label, dt, .tile, .choice, .act");
    const text = block.innerText.replace(/\s+/g, " ").trim();
    if (text && !holdsBlocks && block.offsetParent) texts.push(text);
  }
  return texts;
}
