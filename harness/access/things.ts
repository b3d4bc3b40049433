/** What somebody owns, made for this. */
export interface Things {
  readonly cartId: string;
  /** Stands for the cart as it is. */
  readonly cartToken: string;
  /** Under it the cart's owner, or an operator, added something to the cart. */
  readonly usedKey: string;
  /** A cart to be checked out. */
  readonly cartToOrder: string;
  readonly orderId: string;
  readonly orderToken: string;
  /** Of a step of the order, which others came after. */
  readonly orderCursor: string;
  readonly orderToPay: string;
  readonly orderToCancel: string;
  /** Belong to nobody. */
  readonly productId: string;
  readonly deadLetterId: string;
  /** Makes one, as an operator; answers with its id. */
  readonly newWebhookEndpoint: () => Promise<string>;
  /** A run that is over. */
  readonly upkeepRunId: string;
  /** Before every event. */
  readonly firstEvent: string;
  /** Begins a visit; answers with its token. */
  readonly newVisit: () => Promise<string>;
  /** Puts something into the cart; answers with the item's id. */
  readonly newItem: () => Promise<string>;
}
