import type { Message, Send } from '#messages/message.ts';
import type { Instance } from './instance.ts';
import { carry } from './network.ts';
import type { World } from './world.ts';

/** So long a function waits for SES and SNS. */
const TIMEOUT_MS = 3000;

/** What people get by mail and SMS: what was handed over may arrive although nobody was told so. */
export class PostOffice {
  readonly delivered: Message[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** How an instance sends. */
  sendFrom(instance: Instance): Send {
    return (message) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const fail = (why: string) => reject(new Error(why));
      const deadline = this.#world.time.after(TIMEOUT_MS, () => fail('No answer in time'));
      instance.take(() => {
        // Who gets the same call twice notices.
        let isTaken = false;
        const receive = () => {
          if (!isTaken) {
            this.delivered.push(message);
            this.#world.history.add('post office', `a message to ${message.to}`);
          }
          isTaken = true;
          return true;
        };
        void carry(this.#world, message.channel, instance.name, receive).then((carried) =>
          instance.take(() => {
            deadline.cancel();
            if (carried.answer === null) fail('The message was not taken');
            else resolve();
          }),
        );
      });
      return promise;
    };
  }
}
