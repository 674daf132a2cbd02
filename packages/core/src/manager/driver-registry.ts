import type {
  DriverDecorator,
  DriverFactory,
  DriverRegistration,
} from '../contracts/driver-factory.js';
import type { ProcessDriver } from '../contracts/process-driver.js';
import { DriverNotFoundError } from '../errors/driver-not-found-error.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { ExecaDriver } from '../drivers/execa-driver.js';
import { NodeDriver } from '../drivers/node-driver.js';
import type { ResolvedProcessConfig } from './process-config.js';

/** Knows the drivers by name, makes each at its first use, and chooses where nobody says which. */
export class DriverRegistry {
  readonly #config: ResolvedProcessConfig;
  readonly #factories = new Map<string, DriverFactory>([
    ['execa', () => new ExecaDriver()],
    ['node', () => new NodeDriver()],
  ]);
  /** By name, those that would be the default; the last one first asked. */
  readonly #preferences = new Map<string, () => boolean>();
  readonly #drivers = new Map<string, ProcessDriver>();
  /** Each registration has a list of its own around it, so that the same function may be given twice. */
  readonly #decorators = new Set<readonly [DriverDecorator]>();

  constructor(config: ResolvedProcessConfig) {
    this.#config = config;
  }

  names(): readonly string[] {
    return [...new Set([...this.#factories.keys(), ...Object.keys(this.#config.drivers)])];
  }

  extend(name: string, factory: DriverFactory, { preferred }: DriverRegistration = {}): void {
    if (typeof factory !== 'function') {
      throw new InvalidArgumentError(
        `The driver "${name}" is given as a function that makes it: () => new MyDriver().`,
      );
    }
    this.#factories.set(name, factory);
    this.#preferences.delete(name);
    if (preferred !== undefined) this.#preferences.set(name, preferred);
    for (const made of this.#drivers.keys()) {
      if (this.#configured(made).type === name) this.#drivers.delete(made);
    }
  }

  decorate(decorator: DriverDecorator): () => void {
    const registration = [decorator] as const;
    this.#decorators.add(registration);
    return () => {
      this.#decorators.delete(registration);
    };
  }

  /** The driver of a name, or the default one, with all decorators around it. */
  resolve(name: string | null): ProcessDriver {
    const chosen = name === null ? this.#chooseDefault() : { name, origin: 'driver()' };
    const driver = this.#instance(chosen.name, chosen.origin);
    return [...this.#decorators].reduce((inner, [decorate]) => decorate(inner), driver);
  }

  #chooseDefault(): { readonly name: string; readonly origin: string } {
    if (this.#config.default !== null) {
      return { name: this.#config.default, origin: 'the configuration, process.default' };
    }
    const { PROC_DRIVER: fromEnvironment } = process.env;
    if (fromEnvironment !== undefined && fromEnvironment !== '') {
      return { name: fromEnvironment, origin: 'the environment variable PROC_DRIVER' };
    }
    const preferences = [...this.#preferences].reverse();
    const [name] = preferences.find(([, preferred]) => preferred()) ?? ['execa'];
    return { name, origin: 'the default' };
  }

  #instance(name: string, origin: string): ProcessDriver {
    const known = this.#drivers.get(name);
    if (known !== undefined) return known;
    const { type, options } = this.#configured(name);
    const factory = this.#factories.get(type);
    if (factory === undefined) throw this.#unknown(name, type, origin);
    const made = factory(options);
    this.#drivers.set(name, made);
    return made;
  }

  /** A configured name is no driver that could be meant by itself: its part of the configuration is the mistake. */
  #unknown(name: string, type: string, origin: string): DriverNotFoundError {
    if (!Object.hasOwn(this.#config.drivers, name)) {
      return new DriverNotFoundError(type, this.names(), origin);
    }
    const place = `the configuration, process.drivers.${name}`;
    return new DriverNotFoundError(type, [...this.#factories.keys()], place);
  }

  #configured(name: string): {
    readonly type: string;
    readonly options: Readonly<Record<string, unknown>>;
  } {
    const { drivers } = this.#config;
    const configured = Object.hasOwn(drivers, name) ? drivers[name] : undefined;
    const { driver: type = name, ...options } = configured ?? {};
    return { type, options };
  }
}
