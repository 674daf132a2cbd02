import { describe, expect, it, jest } from '@jest/globals';
import { Container, type ServiceIdentifier } from 'inversify';
import { ProviderError } from '../../../src/errors/provider-error.js';
import { Bindings } from '../../../src/kernel/bindings.js';

interface Named {
  readonly name: string;
}
const TOKEN = Symbol('Named') as ServiceIdentifier<Named>;
const named = (name: string): Named => ({ name });
const wrap =
  (name: string) =>
  (inner: Named): Named =>
    named(`${name}(${inner.name})`);

describe('Bindings', () => {
  const make = (): { container: Container; bindings: Bindings; name: () => string } => {
    const container = new Container();
    return {
      container,
      bindings: new Bindings(container),
      name: () => container.get(TOKEN).name,
    };
  };

  it('makes a singleton once, at its first resolution', () => {
    const { container, bindings } = make();
    const factory = jest.fn(() => named('a'));
    bindings.singleton(TOKEN, factory);
    expect(factory).not.toHaveBeenCalled();
    expect(container.get(TOKEN)).toBe(container.get(TOKEN));
    expect(factory).toHaveBeenCalledTimes(1);
  });

  it('makes a transient service anew each time', () => {
    const { container, bindings } = make();
    bindings.transient(TOKEN, () => named('a'));
    expect(container.get(TOKEN)).not.toBe(container.get(TOKEN));
  });

  it('lets a second binding win, before and after a resolution', () => {
    const { bindings, name } = make();
    bindings.singleton(TOKEN, () => named('a'));
    bindings.singleton(TOKEN, () => named('b'));
    expect(name()).toBe('b');
    bindings.transient(TOKEN, () => named('c'));
    expect(name()).toBe('c');
    bindings.instance(TOKEN, named('d'));
    expect(name()).toBe('d');
  });

  it('takes the place of what was bound on the container itself', () => {
    const { container, bindings, name } = make();
    container.bind(TOKEN).toConstantValue(named('theirs'));
    bindings.singleton(TOKEN, () => named('ours'));
    expect(name()).toBe('ours');
  });

  it('extends before the first resolution, in order', () => {
    const { bindings, name } = make();
    bindings.singleton(TOKEN, () => named('a'));
    bindings.extend(TOKEN, wrap('x'));
    bindings.extend(TOKEN, wrap('y'));
    expect([name(), name()]).toEqual(['y(x(a))', 'y(x(a))']);
  });

  it('extends what has been resolved already', () => {
    const { bindings, name } = make();
    bindings.singleton(TOKEN, () => named('a'));
    expect(name()).toBe('a');
    bindings.extend(TOKEN, wrap('x'));
    expect([name(), name()]).toEqual(['x(a)', 'x(a)']);
  });

  it('extends what is not bound yet, and again after every later binding', () => {
    const { bindings, name } = make();
    bindings.extend(TOKEN, wrap('x'));
    bindings.singleton(TOKEN, () => named('a'));
    expect(name()).toBe('x(a)');
    bindings.singleton(TOKEN, () => named('b'));
    expect(name()).toBe('x(b)');
    bindings.transient(TOKEN, () => named('c'));
    expect([name(), name()]).toEqual(['x(c)', 'x(c)']);
  });

  it('extends what was bound on the container itself', () => {
    const { container, bindings, name } = make();
    container.bind(TOKEN).toConstantValue(named('theirs'));
    bindings.extend(TOKEN, wrap('x'));
    expect([name(), name()]).toEqual(['x(theirs)', 'x(theirs)']);
  });

  it('gives an instance as it is, and extends it when that is asked for later', () => {
    const { container, bindings, name } = make();
    const value = named('i');
    bindings.extend(TOKEN, wrap('x'));
    bindings.instance(TOKEN, value);
    expect(container.get(TOKEN)).toBe(value);
    bindings.extend(TOKEN, wrap('y'));
    expect(name()).toBe('y(i)');
  });

  it('tells what is bound, also by a parent container', () => {
    const { container, bindings } = make();
    expect(bindings.bound(TOKEN)).toBe(false);
    bindings.instance(TOKEN, named('a'));
    expect(bindings.bound(TOKEN)).toBe(true);
    const child = new Bindings(new Container({ parent: container }));
    expect(child.bound(TOKEN)).toBe(true);
  });

  it('passes on the error of a factory, and tries again at the next resolution', () => {
    const { bindings, name } = make();
    let broken = true;
    bindings.singleton(TOKEN, () => {
      if (broken) throw new ProviderError('not yet');
      return named('a');
    });
    expect(name).toThrow('not yet');
    broken = false;
    expect(name()).toBe('a');
  });

  describe('that are united with a class', () => {
    class Real implements Named {
      readonly name: string = 'real';
    }
    const united = () => {
      const made = make();
      const unite = (): void => {
        made.bindings.unite(TOKEN, Real);
      };
      return { ...made, unite };
    };

    it('have one service, extended under either name, before and after', () => {
      const { container, bindings, name, unite } = united();
      bindings.singleton(TOKEN, () => named('first'));
      bindings.extend(TOKEN, wrap('early'));
      unite();
      bindings.singleton(Real, () => new Real());
      bindings.extend(TOKEN, wrap('late'));
      bindings.extend(Real, wrap('by class'));
      expect(name()).toBe('by class(late(early(real)))');
      expect(container.get(Real)).toBe(container.get(TOKEN));
      bindings.instance(TOKEN, named('mine'));
      expect(container.get(Real).name).toBe('mine');
    });

    it('keep what has been made already, without extending it again', () => {
      const { container, bindings, name, unite } = united();
      bindings.singleton(TOKEN, () => named('made'));
      bindings.extend(TOKEN, wrap('once'));
      const before = container.get(TOKEN);
      unite();
      unite();
      expect(container.get(Real)).toBe(before);
      expect(name()).toBe('once(made)');
    });

    it('are extended also when they become one while the service is made', () => {
      const { bindings, name, unite } = united();
      bindings.singleton(TOKEN, () => {
        unite();
        return named('made');
      });
      bindings.extend(TOKEN, wrap('extended'));
      expect(name()).toBe('extended(made)');
    });

    it('leave a class as it was bound, on the container too, and extend it', () => {
      const { container, bindings, name, unite } = united();
      container.bind(Real).toSelf();
      bindings.singleton(TOKEN, () => named('stands in'));
      unite();
      expect(name()).toBe('real');
      expect(container.get(TOKEN)).not.toBe(container.get(TOKEN));
      bindings.extend(TOKEN, wrap('extended'));
      expect(container.get(Real).name).toBe('extended(real)');
    });
  });
});
