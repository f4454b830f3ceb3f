/** Remembers answers until told to forget; what is not there, or could not be read, is asked for again. */
export class Memo<Value> {
  private readonly known = new Map<string, Promise<Value | undefined>>();

  constructor(private readonly read: (key: string) => Promise<Value | undefined>) {}

  of(key: string): Promise<Value | undefined> {
    const asked = this.known.get(key);
    if (asked) return asked;
    const answer = this.read(key);
    this.known.set(key, answer);
    const drop = () => {
      if (this.known.get(key) === answer) this.known.delete(key);
    };
    answer.then((value) => {
      if (value === undefined) drop();
    }, drop);
    return answer;
  }

  /** Without a test, everything. */
  forget(isMeant: (key: string) => boolean = () => true): void {
    for (const key of this.known.keys()) if (isMeant(key)) this.known.delete(key);
  }
}
