// The other implementation: @openzeppelin/merkle-tree, driven through JSON on stdin and stdout.
const { StandardMerkleTree } = require('@openzeppelin/merkle-tree');

const ENCODING = ['uint256', 'address'];
const given = JSON.parse(require('fs').readFileSync(0, 'utf8'));

const acts = {
  // Their root and proofs for a list of accounts.
  build({ accounts, indices }) {
    const values = accounts.map((account, index) => [String(index), account]);
    const tree = StandardMerkleTree.of(values, ENCODING, { sortLeaves: false });
    return {
      root: tree.root,
      proofs: indices.map((index) => tree.getProof(index)),
      dump: accounts.length <= 8 ? tree.dump() : null,
    };
  },
  // Whether they accept proofs made elsewhere.
  verify({ root, entries }) {
    return entries.map(({ index, account, proof }) =>
      StandardMerkleTree.verify(root, ENCODING, [String(index), account], proof),
    );
  },
  // What they read from a dump made elsewhere: load checks nothing, validate checks every node.
  load({ dump }) {
    const tree = StandardMerkleTree.load(dump);
    tree.validate();
    return { root: tree.root, values: [...tree.entries()].map(([, value]) => value) };
  },
};

process.stdout.write(JSON.stringify(acts[given.act](given)));
