#pragma once
// SQLite's VFS over a Disk. Internal to the simulator's disk.

namespace duban::sim {

class Disk;

/// Registers it as SQLite's default; one at a time. SQLite's own randomness begins anew from the
/// world's dice.
void register_disk(Disk& disk);
void unregister_disk();

}  // namespace duban::sim
