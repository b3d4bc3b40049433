export const Shop = () => (
  <main>
    <h1>panier</h1>
  </main>
);
