import type { Container, ContainerModule } from 'inversify';
import type {
  Container as EsmContainer,
  ContainerModule as EsmContainerModule,
} from 'inversify' with { 'resolution-mode': 'import' };

/**
 * A container as an application makes it. inversify 7 declares its classes once for each module format, and TypeScript
 * lets neither stand for the other, although they work together; these types fit the code of both.
 */
export type AnyContainer = Container | EsmContainer;

/** A container for users of either format. */
export type UniversalContainer = Container & EsmContainer;

/** A module that containers of both formats load. */
export type UniversalContainerModule = ContainerModule & EsmContainerModule;
