package db

import (
	"database/sql/driver"
	"errors"
	"net"

	"github.com/go-sql-driver/mysql"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// IsUnique tells whether a write ran into a unique index or primary key.
func IsUnique(err error) bool {
	var mysqlErr *mysql.MySQLError
	if errors.As(err, &mysqlErr) {
		return mysqlErr.Number == 1062
	}
	var sqliteErr *sqlite.Error
	if errors.As(err, &sqliteErr) {
		code := sqliteErr.Code()
		return code == sqlite3.SQLITE_CONSTRAINT_UNIQUE || code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	return false
}

// isNull tells whether a write left out what must be there.
func isNull(err error) bool {
	var mysqlErr *mysql.MySQLError
	return errors.As(err, &mysqlErr) && mysqlErr.Number == 1048
}

// IsAway tells whether the database did not answer, or asked for another attempt until there was no more
// time for one. Nothing is wrong with what was asked.
func IsAway(err error) bool { return retryable(err) }

// retryable tells whether the database undid everything and asks to be tried again.
func retryable(err error) bool {
	if err == nil || errors.Is(err, ErrBusy) || errors.Is(err, errUnknown) {
		return false
	}
	var mysqlErr *mysql.MySQLError
	if errors.As(err, &mysqlErr) {
		switch mysqlErr.Number {
		case 1213, 1205, 1020, // deadlock, lock wait, record changed
			1047,       // a cluster's node that is not ready
			1053, 1927, // the server is stopping, the connection was killed
			3100, 3101, // group replication undid it at the commit
			1040: // too many connections, as after a restart
			return true
		}
		return false
	}
	var sqliteErr *sqlite.Error
	if errors.As(err, &sqliteErr) {
		return sqliteErr.Code()&0xff == sqlite3.SQLITE_BUSY
	}
	return lostConnection(err)
}

// lostConnection tells whether the connection broke, so that nobody knows what the server made of the last
// thing it was told.
func lostConnection(err error) bool {
	var netErr *net.OpError
	return errors.Is(err, mysql.ErrInvalidConn) || errors.Is(err, driver.ErrBadConn) || errors.As(err, &netErr)
}
