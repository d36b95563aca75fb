import { SUBSCRIPTION } from '#test/highlevel/support/sdk-calls.ts';
import type { FaceRequest, FaceScenario } from './scenario.ts';

const transaction = (transactionId: string): FaceRequest => ({
  operation: 'get-transaction-by-id',
  params: { transactionId },
});

const subscription = (subscriptionId: string): FaceRequest => ({
  operation: 'get-subscription-by-id',
  params: { subscriptionId },
});

export const paymentScenarios: readonly FaceScenario[] = [
  {
    title: 'lists payments with their number',
    request: { operation: 'list-transactions', query: { entityId: '$paid.order' } },
    status: 200,
    body: { data: [{ _id: '$paid.transaction', amount: 10 }], totalCount: 1 },
  },
  {
    title: 'takes no day that is none',
    request: { operation: 'list-transactions', query: { startAt: 'yesterday' } },
    status: 422,
  },
  {
    title: 'reads a payment',
    request: transaction('$paid.transaction'),
    status: 200,
    body: { _id: '$paid.transaction', status: 'succeeded' },
  },
  {
    title: 'knows no other payments',
    request: transaction('$unknown'),
    status: 400,
    body: { message: 'Transaction not found' },
  },
  {
    title: 'needs a location',
    request: { ...transaction('$paid.transaction'), isPlaceless: true },
    status: 422,
  },
  {
    title: 'lists subscriptions with their number',
    request: { operation: 'list-subscriptions', query: { id: '$subscription' } },
    status: 200,
    body: { data: [{ _id: SUBSCRIPTION }], totalCount: 1 },
  },
  {
    title: 'takes no offset that is none',
    request: { operation: 'list-subscriptions', query: { offset: '-1' } },
    status: 422,
  },
  {
    title: 'reads a subscription',
    request: subscription('$subscription'),
    status: 200,
    body: { _id: SUBSCRIPTION, status: 'active' },
  },
  { title: 'knows no other subscriptions', request: subscription('$unknown'), status: 400 },
  {
    title: 'needs a location',
    request: { ...subscription('$subscription'), isPlaceless: true },
    status: 422,
  },
];
