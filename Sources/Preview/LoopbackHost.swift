/// The names by which a browser of this machine may call a preview: those of the loopback address with its port.
///
/// A page from elsewhere whose name leads to 127.0.0.1 (DNS rebinding) sends its own name, and is refused.
package struct LoopbackHost: Sendable, Hashable {
  package let port: UInt16

  package init(port: UInt16) { self.port = port }

  /// True when exactly one host is named and it is this one.
  package func accepts(_ hosts: [String]) -> Bool {
    guard hosts.count == 1 else { return false }
    return ["127.0.0.1", "localhost"].contains { name in
      let host = hosts[0].lowercased()
      return host == "\(name):\(port)" || port == 80 && host == name
    }
  }

  /// The address of the page.
  package var address: String { "http://127.0.0.1:\(port)/" }
}
