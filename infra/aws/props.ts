import type { ITopic } from 'aws-cdk-lib/aws-sns';

/** A domain of one's own for an API. */
export interface DomainProps {
  /** Such as `pay.example.com`; its DNS record is for its owner to make. */
  readonly name: string;
  /** Of a certificate of ACM in the same region. */
  readonly certificateArn: string;
}

/** How a stage of Pasarela is deployed. */
export interface PasarelaProps {
  /** Lower-case letters, digits and `-`, up to 15; `prod` keeps its data. By default `dev`. */
  readonly stage?: string;
  /** Settings of all functions, as docs/configuration.md lists them. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  /** The domains of the APIs; without one an API has the address that AWS gives it. */
  readonly domains?:
    | { readonly paylands?: DomainProps | undefined; readonly highlevel?: DomainProps | undefined }
    | undefined;
  /** Where alarms are told; by default a topic is made. */
  readonly alarmTopic?: ITopic;
  /** Who is told of alarms by mail, if the topic is made. */
  readonly alarmEmail?: string | undefined;
}
