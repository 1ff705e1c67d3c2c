/// The text of a part, in memory.
public struct CorpusText: Sendable, Hashable {
  /// The part.
  public var part: CorpusPart
  /// The name used in locations.
  public var file: String
  /// UTF-8 text.
  public var bytes: [UInt8]

  /// Creates a text.
  public init(part: CorpusPart, file: String, bytes: [UInt8]) {
    self.part = part
    self.file = file
    self.bytes = bytes
  }
}

/// Bounds on a text set, so that hostile input costs bounded time and memory.
public struct CorpusLimits: Sendable, Hashable {
  /// The most bytes of a part, after decompression.
  public var bytes: Int
  /// The most tokens of all parts.
  public var tokens: Int
  /// The most different words.
  public var words: Int

  /// Creates limits.
  public init(bytes: Int, tokens: Int, words: Int) {
    self.bytes = bytes
    self.tokens = tokens
    self.words = words
  }

  /// 1 GiB of text a part, 268,435,456 tokens, 4,194,304 different words.
  public static let standard = CorpusLimits(bytes: 1 << 30, tokens: 1 << 28, words: 1 << 22)
}
