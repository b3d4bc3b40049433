interface OrderPageProps {
  readonly id: string;
}

const OrderPage = ({ id }: OrderPageProps) => <h1>{id}</h1>;

export default OrderPage;
