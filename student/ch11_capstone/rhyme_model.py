"""The model of stage 2: one transformer layer, its parameters in one flat vector, forward and back."""

import math

import numpy as np


def views(theta, *shapes):
    """Matrices that are parts of one flat vector: a change of theta is a change of theirs."""
    ends = np.cumsum([math.prod(shape) for shape in shapes])
    return [theta[e - math.prod(s) : e].reshape(s) for e, s in zip(ends, shapes, strict=True)]


class Model:
    """One transformer layer over one flat vector: d = 32, two heads, a window of 32 characters."""

    def __init__(self, f, theta, V, masked=True, d=32, n=32, h=64):
        heads = [(d, d // 2)] * 6
        self.f, self.n, self.masked, self.theta = f, n, masked, theta
        self.shapes = [(V, d), (n, d), *heads, (d, d), (d, h), (h,), (h, d), (d,), (d, V)]
        self.E, self.P, *heads, self.W_O, self.W1, self.b1, self.W2, self.b2, self.U = views(
            theta, *self.shapes
        )
        self.heads = [tuple(heads[:3]), tuple(heads[3:])]

    def mask(self, n):
        return self.f.causal_mask(n) if self.masked else np.ones((n, n), dtype=bool)

    def logits(self, ids):
        X = self.E[ids] + self.P[: len(ids)]
        H = X + self.f.multi_head_attention(X, self.heads, self.W_O, self.mask(len(ids)))
        return (H + self.f.feed_forward(H, self.W1, self.b1, self.W2, self.b2)) @ self.U

    def slopes(self, ids, targets):
        """The gradient of the loss of one window: the same steps as in logits, and back through each."""
        f, slopes, mask = self.f, np.zeros_like(self.theta), self.mask(len(ids))
        dE, dP, *dheads, dW_O, dW1, db1, dW2, db2, dU = views(slopes, *self.shapes)
        X = self.E[ids] + self.P
        parts = [[np.asarray(M) for M in f.project(X, *head)] for head in self.heads]
        A = [np.asarray(f.attention_weights(Q, K, mask)) for Q, K, _ in parts]
        joined = np.hstack([a @ V for a, (_, _, V) in zip(A, parts, strict=True)])
        H = X + joined @ self.W_O
        hidden = np.maximum(0, H @ self.W1 + self.b1)
        F = H + hidden @ self.W2 + self.b2
        dZ = (f.softmax_rows(F @ self.U) - np.eye(len(self.E))[targets]) / len(ids)
        dF = dZ @ self.U.T
        dhidden = (dF @ self.W2.T) * (hidden > 0)
        dH = dF + dhidden @ self.W1.T
        dX, djoined = dH.copy(), np.hsplit(dH @ self.W_O.T, 2)
        for i, head in enumerate(self.heads):
            back = f.attention_backward(djoined[i], *parts[i], A[i])
            for W, dW, dM in zip(head, dheads[3 * i : 3 * i + 3], back, strict=True):
                dW[:], dX = X.T @ dM, dX + dM @ W.T
        dU[:], dW2[:], dW1[:], dW_O[:], dP[:] = F.T @ dZ, hidden.T @ dF, H.T @ dhidden, joined.T @ dH, dX
        db1[:], db2[:] = dhidden.sum(axis=0), dF.sum(axis=0)
        np.add.at(dE, ids, dX)
        return slopes

    def write(self, alphabet, start, length, rng):
        ids = [alphabet.index(character) for character in start]
        while len(ids) < length:
            p = self.f.softmax_rows(self.logits(ids[-self.n :]))[-1]
            ids.append(self.f.sample(p, rng.random()))
        return "".join(alphabet[i] for i in ids)
