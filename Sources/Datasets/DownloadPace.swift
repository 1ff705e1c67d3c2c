/// How long a server is waited for.
public struct DownloadPace: Sendable, Hashable {
  /// Seconds until it has to answer, connecting included.
  public var answerSeconds: Double
  /// Bytes that have to arrive in every window.
  public var leastBytes: Int
  /// Seconds of a window.
  public var windowSeconds: Double

  /// Creates a pace.
  public init(answerSeconds: Double, leastBytes: Int, windowSeconds: Double) {
    self.answerSeconds = answerSeconds
    self.leastBytes = leastBytes
    self.windowSeconds = windowSeconds
  }

  /// An answer within 30 s, then 1 KiB/s over every 20 s.
  public static let standard = DownloadPace(answerSeconds: 30, leastBytes: 20 << 10, windowSeconds: 20)
}
