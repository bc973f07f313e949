// Something that is done once nothing more has come for a while. However many letters
// come, one timer runs: setting one anew for each takes a browser as long as a good
// part of the letter itself.
export class Pause {
  private due = 0;
  private timer = 0;

  /** What is done, `wait` milliseconds after the last call of again. */
  constructor(
    private readonly wait: number,
    private readonly act: () => void,
  ) {}

  again(): void {
    this.due = performance.now() + this.wait;
    this.timer ||= window.setTimeout(this.look, this.wait);
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.timer = 0;
  }

  private readonly look = (): void => {
    const left = this.due - performance.now();
    this.timer = left > 0 ? window.setTimeout(this.look, left) : 0;
    if (!this.timer) this.act();
  };
}
