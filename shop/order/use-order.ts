import { useState } from 'react';
import { type LiveState, useLive } from '../../ui/client/use-live.ts';
import {
  type ShopOrderByIdQuery,
  type ShopOrderFragment,
  ShopOrderLive,
  type ShopStepFragment,
} from '../../ui/generated/operations.ts';

export type LoadedOrder = NonNullable<ShopOrderByIdQuery['order']>;

interface Followed {
  readonly order: ShopOrderFragment;
  readonly steps: readonly ShopStepFragment[];
}

const withStep = (steps: readonly ShopStepFragment[], step: ShopStepFragment | null): readonly ShopStepFragment[] =>
  step === null || steps.some(({ revision }) => revision === step.revision) ? steps : [...steps, step];

/** An order that was loaded, and goes on by itself from its last step: none is missed, none comes twice. */
export const useOrder = (loaded: LoadedOrder): Followed & { readonly live: LiveState } => {
  const [followed, setFollowed] = useState<Followed>({ order: loaded, steps: loaded.steps });
  const live = useLive({
    document: ShopOrderLive,
    variables: { orderId: loaded.id, after: loaded.steps.at(-1)?.cursor ?? null },
    onUpdate: ({ orderStatus: { order, step } }) =>
      setFollowed((before) => ({ order, steps: withStep(before.steps, step) })),
    showsFailure: () => true,
  });
  return { ...followed, live };
};
