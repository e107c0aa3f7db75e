// The page's half of the tests' wallet: an EIP-6963 provider that hands every request to Python.
(() => {
  const listeners = new Map();
  const held = new Map();

  const fail = ({ code, message, data }) => Object.assign(new Error(message), { code, data });

  const provider = {
    async request({ method, params }) {
      const answer = await window.beffroiTestWallet({ method, params: params ?? [] });
      const settled = "held" in answer ? await new Promise((resolve) => held.set(answer.held, resolve)) : answer;
      if (settled.error) throw fail(settled.error);
      return settled.result;
    },
    on(event, listener) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
      return provider;
    },
    removeListener(event, listener) {
      listeners.set(event, (listeners.get(event) ?? []).filter((known) => known !== listener));
      return provider;
    },
  };

  window.beffroiTestWalletPage = {
    emit: (event, value) => (listeners.get(event) ?? []).forEach((listener) => listener(value)),
    settle: (number, answer) => held.get(number)?.(answer),
  };

  const icon = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'%3E%3Cpath d='M0 0h1v1H0z'/%3E%3C/svg%3E";
  const info = Object.freeze({ uuid: "5f1b7c5e-2f0d-4c8e-9f39-6f0b8c1d2a33", name: "Coffre d'essai", icon, rdns: "test.beffroi.coffre" });
  const detail = Object.freeze({ info, provider });
  const announce = () => window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
  window.addEventListener("eip6963:requestProvider", announce);
  announce();
})();
