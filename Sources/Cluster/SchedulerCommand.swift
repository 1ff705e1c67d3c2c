import Files
import Glibc
import Outcomes

/// Runs a command of the scheduler to its end, within a time.
struct SchedulerCommand: Sendable {
  /// What a command that ended has said.
  struct Answer: Sendable, Hashable {
    /// Its exit status, or minus the signal that ended it.
    var status: Int32
    var output: String
    var errors: String
  }

  /// The most bytes that are kept of what a command says.
  private static let limit = 256 << 20

  /// The longest that a command may take.
  var patience = Duration.seconds(60)

  /// Runs a command, which is looked for in `PATH`. Its arguments go through no shell, and it answers signals as if a shell
  /// had begun it.
  ///
  /// - Throws: `Reason` when it cannot be begun, or takes too long and was ended.
  func run(_ arguments: [String]) throws(Reason) -> Answer {
    var output: [Int32] = [0, 0]
    var errors: [Int32] = [0, 0]
    guard pipe(&output) == 0 else { throw Self.failure(arguments, errno) }
    guard pipe(&errors) == 0 else {
      let code = errno
      output.forEach { close($0) }
      throw Self.failure(arguments, code)
    }
    for descriptor in output + errors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    let (process, code) = Self.begin(arguments, output: output[1], errors: errors[1])
    close(output[1])
    close(errors[1])
    defer {
      close(output[0])
      close(errors[0])
    }
    guard code == 0 else { throw Self.failure(arguments, code) }
    var texts: [Int32: [UInt8]] = [output[0]: [], errors[0]: []]
    guard let status = Self.wait(process, reading: &texts, until: .now + patience) else {
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
      throw Reason("\(arguments.first ?? "") gave no answer within \(patience)")
    }
    return Answer(
      status: status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F),
      output: String(decoding: texts[output[0]] ?? [], as: UTF8.self),
      errors: String(decoding: texts[errors[0]] ?? [], as: UTF8.self))
  }

  private static func begin(_ arguments: [String], output: Int32, errors: Int32) -> (process: pid_t, code: Int32) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    // Nothing else that is open here, by whomever, is for the command and what it leaves running.
    for number in FileSystem.names(in: "/proc/self/fd").compactMap({ Int32($0) }) where number > STDERR_FILENO {
      posix_spawn_file_actions_addclose(&actions, number)
    }
    // This process ignores signals that it answers in its own way; the command shall not inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGPIPE] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var process: pid_t = 0
    guard let program = words[0] else { return (0, EINVAL) }
    let code = posix_spawnp(&process, program, &actions, &attributes, &words, environ)
    return (process, code)
  }

  /// Reads what a process says until it has ended.
  ///
  /// - Returns: The status that `waitpid` gives; nil when the time is over.
  private static func wait(
    _ process: pid_t, reading texts: inout [Int32: [UInt8]], until deadline: ContinuousClock.Instant
  ) -> Int32? {
    var open = Array(texts.keys)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var status: Int32 = 0
    var hasEnded = false
    while true {
      var polled = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      // One that has ended is read to what it has left; others may hold its pipes open.
      let ready = poll(&polled, nfds_t(polled.count), hasEnded ? 0 : 20)
      for item in polled where item.revents != 0 {
        let count = read(item.fd, &buffer, buffer.count)
        if count > 0, (texts[item.fd]?.count ?? 0) < limit { texts[item.fd]?.append(contentsOf: buffer[..<count]) }
        if count == 0 { open.removeAll { $0 == item.fd } }
      }
      if hasEnded, ready <= 0 || open.isEmpty { return status }
      if !hasEnded { hasEnded = waitpid(process, &status, WNOHANG) == process }
      if !hasEnded, ContinuousClock.now > deadline { return nil }
    }
  }

  private static func failure(_ arguments: [String], _ code: Int32) -> Reason {
    let name = arguments.first ?? ""
    return Reason(
      code == ENOENT
        ? "there is no command \(name); run this where Slurm's commands are"
        : "\(name): \(String(cString: strerror(code)))")
  }
}
