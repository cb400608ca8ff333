<?php

namespace FarmWikibase;

use ApiBase;
use ApiResult;
use Wikimedia\ParamValidator\ParamValidator;

/**
 * action=wbgetentities, answered from sitelinks.json.
 */
class ApiGetEntities extends ApiBase {

	/** @inheritDoc */
	public function execute() {
		$params = $this->extractRequestParams();
		$run = $this->getConfig()->get( 'FarmWikibaseRun' );
		$items = json_decode( @file_get_contents( "$run/sitelinks.json" ) ?: '{}', true );
		$entities = [];
		foreach ( $params['ids'] as $id ) {
			if ( !preg_match( '/^Q[1-9][0-9]{0,9}$/i', $id ) ) {
				$this->dieWithError( [ 'farmwikibase-nosuchentity', wfEscapeWikiText( $id ) ], 'no-such-entity' );
			}
			$id = strtoupper( $id );
			$entities[$id] = isset( $items[$id] )
				? $this->entity( $id, $items[$id], $params )
				: [ 'id' => $id, 'missing' => '' ];
		}
		ApiResult::setArrayType( $entities, 'assoc' );
		$this->getResult()->addValue( null, 'entities', $entities );
		$this->getResult()->addValue( null, 'success', 1 );
	}

	private function entity( string $id, array $titles, array $params ): array {
		$entity = [ 'type' => 'item', 'id' => $id ];
		if ( in_array( 'sitelinks', $params['props'] ) ) {
			$wanted = $params['sitefilter'] ? array_fill_keys( $params['sitefilter'], true ) : $titles;
			$entity['sitelinks'] = [];
			foreach ( array_intersect_key( $titles, $wanted ) as $site => $title ) {
				$badges = [];
				ApiResult::setIndexedTagName( $badges, 'badge' );
				$entity['sitelinks'][$site] = [ 'site' => $site, 'title' => $title, 'badges' => $badges ];
			}
		}
		return $entity;
	}

	/** @inheritDoc */
	public function getAllowedParams() {
		$props = [ 'info', 'sitelinks', 'sitelinks/urls', 'aliases', 'labels', 'descriptions', 'claims', 'datatype' ];
		return [
			'ids' => [ ParamValidator::PARAM_ISMULTI => true, ParamValidator::PARAM_REQUIRED => true ],
			'props' => [
				ParamValidator::PARAM_DEFAULT => 'info|sitelinks|aliases|labels|descriptions|claims|datatype',
				ParamValidator::PARAM_TYPE => $props,
				ParamValidator::PARAM_ISMULTI => true,
			],
			'sitefilter' => [ ParamValidator::PARAM_ISMULTI => true ],
		];
	}
}
