interface Price {
  readonly value: number;
}

export const priced = (value: number): Price => ({ value: value * 3 });
