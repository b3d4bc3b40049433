import { useLive } from '../../ui/client/use-live.ts';
import { type ProductRowFragment, ProductStock } from '../../ui/generated/operations.ts';

/** So many are watched by one subscription. */
const AT_ONCE = 100;

interface WatchProps {
  readonly ids: readonly string[];
  readonly onProduct: (product: ProductRowFragment) => void;
}

const Watch = ({ ids, onProduct }: WatchProps) => {
  useLive({ document: ProductStock, variables: { ids }, onUpdate: ({ stock }) => onProduct(stock) });
  return null;
};

/** Tells of the numbers of those products whenever they change. */
export const StockWatch = ({ ids, onProduct }: WatchProps) => {
  const parts = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, at) =>
    ids.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
  return parts.map((part) => <Watch key={part[0]} ids={part} onProduct={onProduct} />);
};
