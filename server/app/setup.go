package app

import (
	"context"
	"errors"
)

// Setup founds a city and its first admin, known by phone, in an empty database: from there on everything is
// done by people with roles.
func (a *App) Setup(ctx context.Context, cityName, adminName, phone string) error {
	empty, err := a.Regions.IsEmpty(ctx)
	if err != nil {
		return err
	}
	if !empty {
		return errors.New("the database is set up already")
	}
	return a.DB.InTx(ctx, func(ctx context.Context) error {
		city, err := a.Regions.FoundCity(ctx, cityName)
		if err != nil {
			return err
		}
		adminID, err := a.People.EnsureWithPhone(ctx, adminName, phone)
		if err != nil {
			return err
		}
		return a.Regions.FirstAdmin(ctx, adminID, city)
	})
}
