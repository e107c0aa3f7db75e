/** How the rdns of every demo wallet begins. */
export const DEMO_RDNS = "beffroi.demo";
