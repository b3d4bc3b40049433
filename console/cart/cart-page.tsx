interface CartPageProps {
  readonly id: string;
}

const CartPage = ({ id }: CartPageProps) => <h1>{id}</h1>;

export default CartPage;
