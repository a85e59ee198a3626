/** The last figures of one thing, one a frame; missing: not a number. */
export class Ring {
  private readonly values: Float32Array;
  private next = 0;

  constructor(readonly size: number) {
    this.values = new Float32Array(size).fill(Number.NaN);
  }

  push(value: number): void {
    this.values[this.next] = value;
    this.next = (this.next + 1) % this.size;
  }

  get last(): number {
    return this.values[(this.next + this.size - 1) % this.size] as number;
  }

  /** Oldest first. */
  list(): number[] {
    const out: number[] = [];
    for (let index = 0; index < this.size; index++) {
      const value = this.values[(this.next + index) % this.size] as number;
      if (!Number.isNaN(value)) out.push(value);
    }
    return out;
  }

  /** The middle one of what came before the last few frames: what is usual. */
  usual(): number {
    const before = this.list().slice(0, -3).sort((a, b) => a - b);
    return before[Math.floor(before.length / 2)] ?? Number.NaN;
  }
}
