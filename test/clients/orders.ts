import { graphql } from 'relay-runtime';

export const ordersQuery = graphql`
  query ordersQuery($first: Int!) {
    ...orders_list @arguments(first: $first)
  }
`;

export const ordersList = graphql`
  fragment orders_list on Query
  @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" })
  @refetchable(queryName: "ordersPageQuery") {
    orders(first: $first, after: $after) @connection(key: "orders_list_orders") {
      edges {
        node {
          id
          ...orders_row
        }
      }
    }
  }
`;

export const ordersRow = graphql`
  fragment orders_row on Order @refetchable(queryName: "ordersRowQuery") {
    status
    totalAmount {
      amount
      currency
    }
  }
`;

export const ordersWatch = graphql`
  subscription ordersWatchSubscription($id: ID!, $after: String) {
    orderStatus(orderId: $id, after: $after) {
      cursor
      step {
        revision
      }
      order {
        id
        ...orders_row
      }
    }
  }
`;
