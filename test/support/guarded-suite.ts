import { textCompletion } from './answers.js';
import { GUARDED_FILE } from './guarded-file.js';
import { type RoutedFile, RoutedService } from './routed-service.js';
import { answerJson } from './scripted-upstream.js';

/** The service of a suite of tests, and what its model was sent last. */
export interface GuardedSuite {
  readonly service: RoutedService;
  /** The messages of the last call, undefined when there was none. */
  readonly sentMessages: unknown;
  /** The body of the last call as JSON. */
  readonly sentText: string;
}

/**
 * Starts the proxy with guardrails before the tests of a file, and ends it after them. Before each test the model is made to
 * say `Hi`, and its calls are counted anew.
 */
export function guardedSuite(file: RoutedFile = GUARDED_FILE): GuardedSuite {
  let started: RoutedService | undefined;
  const service = (): RoutedService => {
    if (started === undefined) throw new Error('the tests have not begun');
    return started;
  };
  const lastBody = (): unknown => service().upstream('model').lastRequest?.body;

  beforeAll(async () => {
    started = await RoutedService.start(file);
  });
  afterAll(() => started?.[Symbol.asyncDispose]());
  beforeEach(() => {
    service().upstream('model').requests.length = 0;
    service().answerWith({ model: answerJson(textCompletion('Hi')) });
  });

  return {
    get service() {
      return service();
    },
    get sentMessages(): unknown {
      return Reflect.get(Object(lastBody()), 'messages');
    },
    get sentText() {
      return JSON.stringify(lastBody());
    },
  };
}
