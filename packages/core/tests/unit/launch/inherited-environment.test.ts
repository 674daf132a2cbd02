import { describe, expect, it } from '@jest/globals';
import type { LaunchSpec } from '../../../src/contracts/process-driver.js';
import {
  environmentToSearch,
  handOnInherited,
  inheritedBy,
  inheriting,
  settleEnvironment,
} from '../../../src/launch/inherited-environment.js';
import { resolveLaunch } from '../../../src/launch/resolve-launch.js';
import { makeSpec } from '../../support/spec.js';

const inherited = (parent: NodeJS.ProcessEnv): LaunchSpec => {
  const { env: _, ...launch } = resolveLaunch(makeSpec());
  return inheriting(launch, parent);
};

describe('the environment of a launch that passes on all', () => {
  it('is read when it is asked for, once, and as it is then', () => {
    const parent: NodeJS.ProcessEnv = { A: '1' };
    const launch = inherited(parent);
    parent['A'] = '2';
    expect(inheritedBy(launch)).toBe(parent);
    expect(launch.env).toEqual({ A: '2' });
    expect(launch.env).toBe(launch.env);
    parent['A'] = '3';
    expect(launch.env).toEqual({ A: '2' });
    // Whoever has it may have changed it.
    expect(inheritedBy(launch)).toBeUndefined();
    expect(environmentToSearch(launch)).toBe(launch.env);
  });

  it('has no prototype, and what belongs to the channel of this process is not in it', () => {
    const parent = { ['__proto__']: 'x', NODE_CHANNEL_FD: '3', B: '1' };
    const launch = inherited(parent);
    // Nor can it be passed on as it is.
    expect(inheritedBy(launch)).toBeUndefined();
    expect(environmentToSearch(launch)).toBe(parent);
    expect(Object.getPrototypeOf(launch.env)).toBeNull();
    expect(Object.keys(launch.env)).not.toContain('NODE_CHANNEL_FD');
  });

  it('is settled unless it has been handed on', () => {
    const parent: NodeJS.ProcessEnv = { A: '1' };
    const settled = inherited(parent);
    const handedOn = inherited(parent);
    handOnInherited(handedOn);
    for (const launch of [settled, handedOn]) settleEnvironment(launch);
    expect(inheritedBy(settled)).toBeUndefined();
    expect(inheritedBy(handedOn)).toBe(parent);
    parent['A'] = '2';
    expect(settled.env).toEqual({ A: '1' });
    expect(handedOn.env).toEqual({ A: '2' });
  });

  it('is a plain property of a copy, which may have another one', () => {
    const launch = inherited({ A: '1' });
    const other = { ...launch, env: { B: '2' } };
    expect(inheritedBy(other)).toBeUndefined();
    expect(other.env).toEqual({ B: '2' });
    const copy = { ...inherited({ A: '1' }), file: 'other' };
    expect(inheritedBy(copy)).toBeUndefined();
    expect(copy.env).toEqual({ A: '1' });
    expect(structuredClone(copy.env)).toEqual({ A: '1' });
  });

  it('can be replaced', () => {
    const launch = inherited({ A: '1' });
    (launch as { env: unknown }).env = { B: '2' };
    expect(inheritedBy(launch)).toBeUndefined();
    expect(launch.env).toEqual({ B: '2' });
    settleEnvironment(launch);
    expect(launch.env).toEqual({ B: '2' });
  });

  it('can be defined anew', () => {
    const launch = inherited({ A: '1' });
    Object.defineProperty(launch, 'env', { value: { B: '2' } });
    expect(inheritedBy(launch)).toBeUndefined();
    expect(environmentToSearch(launch)).toEqual({ B: '2' });
    settleEnvironment(launch);
    expect(launch.env).toEqual({ B: '2' });
  });

  it('is there for what inherits from a launch', () => {
    const parent: NodeJS.ProcessEnv = { A: '1' };
    const launch = inherited(parent);
    const heir = Object.create(launch) as { env: LaunchSpec['env'] };
    expect(inheritedBy(heir as LaunchSpec)).toBeUndefined();
    settleEnvironment(launch);
    parent['A'] = '2';
    expect(heir.env).toEqual({ A: '1' });
    heir.env = { B: '2' };
    expect(heir.env).toEqual({ B: '2' });
    expect(launch.env).toEqual({ A: '1' });
  });

  it.each([
    { mode: 'inherit', set: { A: '1' }, unset: [] },
    { mode: 'inherit', set: {}, unset: ['A'] },
    { mode: 'clean', set: {}, unset: [] },
    { mode: 'allow', set: {}, unset: [] },
  ] as const)('is another one where it is described: %j', (env) => {
    const spec = makeSpec({ env: { ...env, allow: ['PATH'], expand: false } });
    expect(inheritedBy(resolveLaunch(spec))).toBeUndefined();
    expect(inheritedBy(resolveLaunch(makeSpec({ preferLocal: true })))).toBeUndefined();
    expect(inheritedBy(resolveLaunch(makeSpec()))).toBe(process.env);
  });
});
