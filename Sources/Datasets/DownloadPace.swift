/// How long a server is waited for.
package struct DownloadPace: Sendable, Hashable {
  /// Seconds until it has to answer, connecting included.
  package var answerSeconds: Double
  /// Bytes that have to arrive in every window.
  package var leastBytes: Int
  /// Seconds of a window.
  package var windowSeconds: Double

  /// Creates a pace.
  package init(answerSeconds: Double, leastBytes: Int, windowSeconds: Double) {
    self.answerSeconds = answerSeconds
    self.leastBytes = leastBytes
    self.windowSeconds = windowSeconds
  }

  /// An answer within 30 s, then 1 KiB/s over every 20 s.
  package static let standard = DownloadPace(answerSeconds: 30, leastBytes: 20 << 10, windowSeconds: 20)
}
