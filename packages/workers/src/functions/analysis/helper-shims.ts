/** Helpers that compilers call from within functions; each has to be there in the worker, too. */
const SHIMS: Readonly<Record<string, string>> = {
  // esbuild, tsx
  __name: `(target, value) => Object.defineProperty(target, 'name', { value, configurable: true })`,
  __publicField: `(object, key, value) => (Object.defineProperty(object, typeof key === 'symbol' ? key : key + '', { value, enumerable: true, configurable: true, writable: true }), value)`,
  __spreadValues: `(target, source) => Object.assign(target, source)`,
  __spreadProps: `(target, source) => Object.defineProperties(target, Object.getOwnPropertyDescriptors(source))`,
  __objRest: `(source, left) => Object.fromEntries(Reflect.ownKeys(source).filter((key) => !left.includes(key) && Object.prototype.propertyIsEnumerable.call(source, key)).map((key) => [key, source[key]]))`,
  __async: `(self, args, generator) => { const steps = generator.apply(self, args ?? []); const go = async (how, value) => { const step = steps[how](value); return step.done ? step.value : Promise.resolve(step.value).then((next) => go('next', next), (error) => go('throw', error)); }; return go('next'); }`,
  // TypeScript
  __awaiter: `(self, args, _, generator) => { const steps = generator.apply(self, args ?? []); const go = async (how, value) => { const step = steps[how](value); return step.done ? step.value : Promise.resolve(step.value).then((next) => go('next', next), (error) => go('throw', error)); }; return go('next'); }`,
  __assign: `Object.assign`,
  __rest: `(source, left) => Object.fromEntries(Reflect.ownKeys(source).filter((key) => !left.includes(key) && Object.prototype.propertyIsEnumerable.call(source, key)).map((key) => [key, source[key]]))`,
  __spreadArray: `(to, from) => to.concat(Array.from(from))`,
  __asyncValues: `(source) => source[Symbol.asyncIterator]?.() ?? source[Symbol.iterator]()`,
};

/** Counts nothing: what a counter of istanbul is in a worker, whose counts nobody would collect. */
const NO_COUNTER = `(() => { const nothing = new Proxy(() => {}, { get: (_, key) => (key === Symbol.toPrimitive ? () => 0 : nothing), set: () => true, apply: () => nothing }); return nothing; })()`;

/** The expression that stands for a compiler's or instrumenter's helper in a worker; undefined for any other name. */
export function helperShim(name: string): string | undefined {
  if (/^cov_\w+$/.test(name) || name === '__coverage__') return NO_COUNTER;
  if (/^(import_)?tslib(_es6)?(_\d+)?$/.test(name)) return `require('tslib')`;
  return Object.hasOwn(SHIMS, name) ? SHIMS[name] : undefined;
}
