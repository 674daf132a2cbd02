import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Application, ProcessManager, ProcessServiceProvider, ProviderError } from '@proc/core';
import { Container } from 'inversify';
import { Process } from '../../src/index.js';

function applicationOn(driver: string): Application {
  const app = new Application({
    providers: [ProcessServiceProvider],
    config: { process: { default: driver } },
  });
  void app.boot();
  return app;
}

describe('the facade', () => {
  afterEach(() => {
    Process.useApplication(null);
  });

  it('makes a default application at its first use, with pools, pipes and events', () => {
    expect(Process.hasMacro('pool')).toBe(true);
    expect(Process.hasMacro('pipe')).toBe(true);
    expect(Process.application.state).toBe('booted');
    expect(Process.application).toBe(Process.application);
  });

  it('builds descriptions as the manager does', () => {
    const pending = Process.command(['git', 'log']).path('/tmp');
    expect(pending.toString()).toBe('git log');
    expect(Process.$`echo ${'a b'}`.toString()).toBe("echo 'a b'");
  });

  it('points at the application that it is given, and back', () => {
    const app = applicationOn('node');
    Process.useApplication(app);
    expect(Process.application).toBe(app);
    expect(Process.driverNames()).toEqual(app.get(ProcessManager).driverNames());
    Process.useApplication(null);
    expect(Process.application).not.toBe(app);
  });

  it('sees a manager that is bound later', () => {
    const app = applicationOn('node');
    Process.useApplication(app);
    expect(Process.hasMacro('greet')).toBe(false);
    const replacement = applicationOn('node').get(ProcessManager);
    replacement.macro('greet', () => 'hello');
    app.instance(ProcessManager, replacement);
    expect(Process.hasMacro('greet')).toBe(true);
  });

  it('says what to do when its application has been shut down', async () => {
    const app = applicationOn('node');
    Process.useApplication(app);
    await app.shutdown();
    expect(() => Process.command('ls')).toThrow(/shut down.*useApplication/);
    expect(() => Process.command('ls')).toThrow('useApplication(null) to have a new one made');
    Process.useApplication(null);
    expect(String(Process.command('ls'))).toBe('ls');
  });

  it.each([[{}], [new Container()], [undefined], ['app']])('is not pointed at %p', (app) => {
    const before = Process.application;
    expect(() => {
      Process.useApplication(app as never);
    }).toThrow('useApplication takes an Application, or null.');
    expect(Process.application).toBe(before);
  });

  it('says what to register when its application has no manager', () => {
    Process.useApplication(new Application());
    expect(() => Process.command('ls')).toThrow(ProviderError);
    expect(() => Process.command('ls')).toThrow(/ProcessServiceProvider/);
  });

  it('is no thenable, so that it can be returned from an async function', async () => {
    const returned = await Promise.resolve(Process);
    expect(returned).toBe(Process);
  });

  it('lets a spy replace a method of the manager, and restores it', () => {
    const spy = jest.spyOn(Process, 'driverNames').mockReturnValue(['spied']);
    expect(Process.driverNames()).toEqual(['spied']);
    spy.mockRestore();
    expect(Process.driverNames()).toContain('execa');
  });

  it('lets a runner take its spies away after the application has been shut down', async () => {
    const spy = jest.spyOn(Process, 'driverNames').mockReturnValue(['spied']);
    await Process.application.shutdown();
    expect(() => {
      spy.mockRestore();
    }).not.toThrow();
  });
});
