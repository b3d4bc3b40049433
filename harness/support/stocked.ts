/** Units, for any run. */
const UNITS = 10_000_000;

/** Puts a product into the catalogue, and units of it into stock. */
export const STOCKED = /* GraphQL */ `
  mutation ($product: UpsertProductInput!, $stock: AdjustStockInput!) {
    upsertProduct(input: $product) { __typename }
    adjustStock(input: $stock) { __typename }
  }`;

interface Sold {
  readonly id: string;
  readonly price: { readonly amount: string; readonly currency: string };
}

/** The variables of {@link STOCKED}, of a product that is in stock for any run. */
export const stocked = ({ id, price }: Sold) => ({
  product: { id, name: id, price },
  stock: { productId: id, delta: UNITS },
});
