package io.tokenmeter.measured.count;

import java.util.Arrays;

/**
 * The tokens by their bytes. Nodes are numbered breadth first, so that a node's children stand side
 * by side and one array of first children is all the structure; the first two bytes have a table.
 */
final class TokenTrie {
  /** Absent node or token. */
  static final int NONE = -1;

  private final int[] pairs = new int[1 << 16];
  private final int[] singles = new int[256];
  private final int[] runs = new int[256];
  private final int[] runLengths = new int[256];
  private int[] firstChild;
  private byte[] label;
  private int[] token;
  private int[] longest;
  private final int[] shorter;
  private int nodes;

  /** By breadth: of each node the range of its tokens in byte order. */
  TokenTrie(RankFile ranks, Merges merges) {
    int[] sorted = sorted(ranks);
    int capacity = 1 << 16;
    firstChild = new int[capacity];
    label = new byte[capacity];
    token = new int[capacity];
    longest = new int[capacity];
    shorter = new int[ranks.size()];
    int[] from = new int[capacity];
    int[] to = new int[capacity];
    to[0] = sorted.length;
    token[0] = NONE;
    longest[0] = NONE;
    nodes = 1;
    int levelEnd = 1;
    int depth = 0;
    for (int node = 0; node < nodes; node++) {
      if (node == levelEnd) {
        depth++;
        levelEnd = nodes;
      }
      firstChild[node] = nodes;
      int i = from[node];
      if (node > 0 && ranks.token(sorted[i]).length == depth) {
        i++; // the node's own token
      }
      while (i < to[node]) {
        byte next = ranks.token(sorted[i])[depth];
        int start = i;
        while (i < to[node] && ranks.token(sorted[i])[depth] == next) {
          i++;
        }
        if (nodes + 1 >= from.length) {
          from = Arrays.copyOf(from, from.length * 2);
          to = Arrays.copyOf(to, to.length * 2);
          grow();
        }
        int child = nodes++;
        label[child] = next;
        from[child] = start;
        to[child] = i;
        int own = sorted[start];
        boolean whole = ranks.token(own).length == depth + 1;
        token[child] = whole ? own : NONE;
        longest[child] = whole && merges.makes(own) ? own : longest[node];
        if (whole) {
          shorter[own] = longest[node];
        }
      }
    }
    firstChild[nodes] = nodes;
    trim();
    index();
    measureRuns();
  }

  private static int[] sorted(RankFile ranks) {
    Integer[] sorted = new Integer[ranks.size()];
    int count = 0;
    for (int rank = 0; rank < ranks.size(); rank++) {
      if (ranks.has(rank)) {
        sorted[count++] = rank;
      }
    }
    Arrays.sort(sorted, 0, count, (a, b) -> Arrays.compareUnsigned(ranks.token(a), ranks.token(b)));
    int[] result = new int[count];
    Arrays.setAll(result, i -> sorted[i]);
    return result;
  }

  private void grow() {
    int capacity = firstChild.length * 2;
    firstChild = Arrays.copyOf(firstChild, capacity);
    label = Arrays.copyOf(label, capacity);
    token = Arrays.copyOf(token, capacity);
    longest = Arrays.copyOf(longest, capacity);
  }

  private void trim() {
    firstChild = Arrays.copyOf(firstChild, nodes + 1);
    label = Arrays.copyOf(label, nodes);
    token = Arrays.copyOf(token, nodes);
    longest = Arrays.copyOf(longest, nodes);
  }

  private void index() {
    Arrays.fill(pairs, NONE);
    for (int one = firstChild[0]; one < firstChild[1]; one++) {
      singles[label[one] & 0xFF] = one;
      for (int two = firstChild[one]; two < firstChild[one + 1]; two++) {
        pairs[((label[one] & 0xFF) << 8) | (label[two] & 0xFF)] = two;
      }
    }
  }

  private void measureRuns() {
    for (int one = firstChild[0]; one < firstChild[1]; one++) {
      int node = one;
      int length = 1;
      for (int next = child(node, label[one]); next != NONE; next = child(node, label[one])) {
        node = next;
        length++;
      }
      runs[label[one] & 0xFF] = node;
      runLengths[label[one] & 0xFF] = length;
    }
  }

  /** Number of nodes, the root among them. */
  int nodes() {
    return nodes;
  }

  /** The node of the longest beginning of {@code utf8[from, to)} that begins a token. */
  int deepest(byte[] utf8, int from, int to) {
    int first = utf8[from] & 0xFF;
    if (to - from == 1) {
      return singles[first];
    }
    int node = pairs[(first << 8) | (utf8[from + 1] & 0xFF)];
    if (node == NONE) {
      return singles[first];
    }
    for (int at = from + 2; at < to; at++) {
      int child = child(node, utf8[at]);
      if (child == NONE) {
        return node;
      }
      node = child;
    }
    return node;
  }

  private int child(int node, byte next) {
    int low = firstChild[node];
    int end = firstChild[node + 1];
    int high = end - 1;
    int wanted = next & 0xFF;
    while (high - low > 8) {
      int middle = (low + high) >>> 1;
      if ((label[middle] & 0xFF) < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int child = low; child <= high; child++) {
      if (label[child] == next) {
        return child;
      }
    }
    return NONE;
  }

  /** The node of the longest run of one byte that begins a token. */
  int deepestRun(byte repeated) {
    return runs[repeated & 0xFF];
  }

  /** Its length in bytes. */
  int runLength(byte repeated) {
    return runLengths[repeated & 0xFF];
  }

  /** The token that ends at a node, or {@link #NONE}. */
  int token(int node) {
    return token[node];
  }

  /** The longest token made by merging that ends at a node or before it. */
  int longest(int node) {
    return longest[node];
  }

  /** The longest token made by merging that a token begins with, or {@link #NONE}. */
  int shorter(int token) {
    return shorter[token];
  }
}
