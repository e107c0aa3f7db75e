/** The mark: a belfry, its bell in the arch. Drawn in the colour of the text around it. */
export function Belfry() {
  return (
    <svg class="belfry" viewBox="0 0 32 40" aria-hidden="true" focusable="false">
      <path class="belfry-roof" d="M16 0l1.200 4.200L24 13h-1.200v2.500h2V18h-17.600v-2.500h2V13H8l6.800-8.800z" />
      <path
        class="belfry-tower"
        fill-rule="evenodd"
        d="M9 18h14v22h-4.200v-4.700a2.800 2.800 0 0 0-5.600 0V40H9zm7 2.800a3.600 3.600 0 0 0-3.600 3.600v5.200h7.200v-5.200a3.600 3.600 0 0 0-3.600-3.600z"
      />
      <path
        class="belfry-bell"
        d="M16 22.600c1.500 0 2.100 1.100 2.200 2.500l.6 2.300h-5.600l.6-2.300c.1-1.400.7-2.500 2.200-2.500z"
      />
    </svg>
  );
}
