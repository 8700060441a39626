"""A small file system of its own (tmpfs) that a test can fill up and free again."""

import errno
import os
import subprocess
from pathlib import Path

PIECE = 1 << 14


class SmallDisk:
    """Mounted at `folder`; `SmallDisk.problem()` says why that cannot be, or nothing."""

    def __init__(self, folder, megabytes=64):
        self.folder = Path(folder)
        self.folder.mkdir(exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "duban-test",
                        self.folder], check=True, capture_output=True, text=True)

    @staticmethod
    def problem():
        if os.geteuid() != 0:
            return "only root may mount a file system"
        tried = subprocess.run(["unshare", "--mount", "mount", "-t", "tmpfs", "duban-test", "/mnt"],
                               capture_output=True, text=True)
        return tried.stderr.strip() if tried.returncode else None

    def fill(self):
        with (self.folder / "fill").open("ab", buffering=0) as file:
            for size in (PIECE, 1):
                try:
                    while file.write(b"x" * size) == size:
                        pass
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise

    def free(self):
        (self.folder / "fill").unlink(missing_ok=True)

    def close(self):
        subprocess.run(["umount", "--lazy", self.folder], check=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
