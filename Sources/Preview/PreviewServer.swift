import Dispatch
import FlyingSocks
import Foundation
import Glibc
import Synchronization

/// A server of one report on the loopback address: requests of at most 16 KiB, one a connection, a bounded number of
/// connections, each cut off that does not get on.
package final class PreviewServer: Sendable {
  /// The most connections at once; further ones wait.
  static let connectionLimit = 32
  /// The time in which a request has to be there, and in which a part of an answer has to be taken.
  static let patience = Duration.seconds(10)
  /// The time between two signs of life to those who listen.
  static let heartbeat = 15
  private static let partSize = 1 << 18

  private let socket: Socket
  /// The port.
  package let port: UInt16
  private let executor = QueueExecutor()
  private let pool = SocketPool.ePoll(maxEvents: 64)
  private let connections = ConnectionTable(limit: PreviewServer.connectionLimit)

  /// Binds a port of 127.0.0.1, and of no other address.
  ///
  /// - Parameter port: The port; 0 for one that is free.
  /// - Throws: `PreviewFailure`.
  package init(port: UInt16) throws(PreviewFailure) {
    do {
      socket = try Socket(domain: Int32(AF_INET))
      _ = fcntl(socket.file.rawValue, F_SETFD, FD_CLOEXEC)
      // A port that a preview has just left can be taken again.
      try socket.setValue(true, for: .localAddressReuse)
      try socket.bind(to: sockaddr_in.inet(ip4: "127.0.0.1", port: port))
      try socket.listen()
      guard case .ip4(_, let bound) = try socket.sockname() else { throw SocketError.unsupportedAddress }
      self.port = bound
    } catch SocketError.failed(_, let code, _) {
      throw PreviewFailure(port: port, code: code)
    } catch {
      throw PreviewFailure(port: port, code: EINVAL)
    }
  }

  /// Answers requests from now on, until the process ends.
  package func start(_ content: PreviewContent) {
    // A reader who goes while something is sent is no reason to end.
    signal(SIGPIPE, SIG_IGN)
    let ticks = Atomic(0)
    executor.queue.every(milliseconds: 200) { [self] in
      let tick = ticks.add(1, ordering: .relaxed).newValue
      content.channel.flush()
      if tick % 5 == 0 { connections.cutOverdue() }
      if tick % (5 * Self.heartbeat) == 0 { content.channel.repeat() }
      return true
    }
    Task(executorPreference: executor) { await self.accept(content) }
  }

  private func accept(_ content: PreviewContent) async {
    guard (try? await pool.prepare()) != nil, let listener = try? AsyncSocket(socket: socket, pool: pool) else {
      return
    }
    Task(executorPreference: executor) { try await self.pool.run() }
    while true {
      await connections.room()
      do {
        let client = try await listener.accept()
        _ = fcntl(client.socket.file.rawValue, F_SETFD, FD_CLOEXEC)
        let number = connections.add(client, for: Self.patience)
        Task(executorPreference: executor) {
          try? await self.serve(client, number, content)
          self.connections.close(number, client)
        }
      } catch {
        // Too many open files, or one who went before being let in.
        await executor.sleep(milliseconds: 100)
      }
    }
  }

  private func serve(_ client: AsyncSocket, _ number: Int, _ content: PreviewContent) async throws {
    let response: ServedResponse
    var isHead = false
    do {
      guard let request = try await request(client) else { return }
      isHead = request.method == "HEAD"
      response = content.response(to: request)
    } catch let refusal as RequestRefusal {
      response = ServedResponse(refusal)
    }
    if case .events = response.body, !isHead {
      return try await tell(client, number, content, response)
    }
    try await send(response.head, client, number)
    guard !isHead else { return }
    switch response.body {
    case .bytes(let bytes):
      var rest = bytes[...]
      while !rest.isEmpty {
        try await send(Array(rest.prefix(Self.partSize)), client, number)
        rest = rest.dropFirst(Self.partSize)
      }
    case .file(let file):
      // No more than was announced, should the file grow.
      var left = file.size
      while left > 0 {
        let part = try file.next(min(Self.partSize, left))
        if part.isEmpty { return }
        try await send(part, client, number)
        left -= part.count
      }
    case .events: break
    }
    // What has been sent arrives before the end does, though not everything that came was read.
    shutdown(client.socket.file.rawValue, Int32(SHUT_WR))
  }

  /// The head of the request; nil when the client went without one.
  private func request(_ client: AsyncSocket) async throws -> RequestHead? {
    var bytes: [UInt8] = []
    while bytes.count <= RequestHead.byteLimit {
      bytes += try await client.read(atMost: 4096)
      if let length = RequestHead.length(in: bytes) { return try RequestHead(Array(bytes[..<length])) }
    }
    throw RequestRefusal.headTooLarge
  }

  /// Sends the states as server-sent events until the reader goes.
  private func tell(
    _ client: AsyncSocket, _ number: Int, _ content: PreviewContent, _ response: ServedResponse
  ) async throws {
    guard let states = content.channel.listen() else {
      return try await send(ServedResponse(.tooManyListeners).head, client, number)
    }
    try await send(response.head + Array("retry: 1000\n\n".utf8), client, number)
    for await state in states {
      try await send(Array("data: \(state.json.text())\n\n".utf8), client, number)
      connections.extend(number, by: .seconds(Self.heartbeat * 3))
    }
  }

  private func send(_ bytes: [UInt8], _ client: AsyncSocket, _ number: Int) async throws {
    connections.extend(number, by: Self.patience)
    try await client.write(Data(bytes))
  }
}

/// The refusal of the machine to let a port be bound.
package struct PreviewFailure: Error, Sendable, Hashable {
  /// The port that was asked for.
  package let port: UInt16
  let code: Int32

  /// True when another process has the port.
  package var isInUse: Bool { code == EADDRINUSE }
  /// The system's words.
  package var reason: String { String(cString: strerror(code)) }
}
